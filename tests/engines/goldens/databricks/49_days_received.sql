-- generated, not run: nobody has tried this text on Databricks yet
/* How many rows each day holds of each dataset and site. */
SELECT
  dataset,
  site_code,
  CAST(moment AS DATE) AS day,
  COUNT(*) AS rows_received
FROM received
GROUP BY
  dataset,
  site_code,
  CAST(moment AS DATE)
ORDER BY
  dataset NULLS LAST,
  site_code NULLS LAST,
  day NULLS LAST
