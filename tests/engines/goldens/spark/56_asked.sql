-- run: the spec tables run this text on Apache Spark 4.3
/* Everybody of whom more has to be known: those who could stand on a list, and the roster. */
SELECT
  person_key
FROM contenders
UNION
SELECT
  person_key
FROM starts
