-- run: the spec tables run this text on Apache Spark 4.3
/* Everyone who could have been in a tier in any 12 months of the two years. */
SELECT
  person_key
FROM counts
GROUP BY
  person_key
HAVING
  SUM(in_period) >= :least
