-- run: the spec tables run this text on PostgreSQL 18
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
  dataset,
  site_code COLLATE "C",
  day
