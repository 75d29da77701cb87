-- generated, not run: nobody has tried this text on Databricks yet
/* Everyone of whom more is to be known: who was in a tier in either year, or at some time between. */
SELECT
  person_key
FROM reached_now
UNION
SELECT
  person_key
FROM reached_before
UNION
SELECT
  person_key
FROM busy
