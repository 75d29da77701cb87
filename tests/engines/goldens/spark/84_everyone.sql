-- run: the spec tables run this text on Apache Spark 4.3
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
