-- generated, not run: nobody has tried this text on Databricks yet
/* Everyone who came often enough for a tier in the year: at one hospital, and in the area. */
SELECT
  'site' AS kind,
  site_code AS unit,
  person_key,
  in_period AS attendances
FROM counts
WHERE
  in_period >= :least
UNION ALL
SELECT
  'area' AS kind,
  'ALL' AS unit,
  person_key,
  CAST(SUM(in_period) AS BIGINT) AS attendances
FROM counts
GROUP BY
  person_key
HAVING
  SUM(in_period) >= :least
