-- generated, not run: nobody has tried this text on Databricks yet
/* Everybody of whom more has to be known: those who could stand on a list, and the roster. */
SELECT
  person_key
FROM contenders
UNION
SELECT
  person_key
FROM starts
