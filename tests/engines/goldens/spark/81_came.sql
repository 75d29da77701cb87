-- run: the spec tables run this text on Apache Spark 4.3
/* How often everyone who may have been in a tier came in the year, hospital by hospital. */
SELECT
  counts.site_code,
  counts.person_key,
  counts.in_period AS attendances
FROM counts
INNER JOIN often
  ON often.person_key = counts.person_key
