-- run: the spec tables run this text on Apache Spark 4.3
/* Everyone who came in the year, and how often: at each hospital and in the area. */
SELECT
  'site' AS kind,
  site_code AS unit,
  COUNT(*) AS people,
  CAST(SUM(in_period) AS BIGINT) AS attendances
FROM counts
GROUP BY
  site_code
UNION ALL
SELECT
  'area' AS kind,
  'ALL' AS unit,
  COUNT(DISTINCT person_key) AS people,
  CAST(SUM(in_period) AS BIGINT) AS attendances
FROM counts
