-- run: the spec tables run this text on Apache Spark 4.3
/* What each month holds of each dataset and site. The two sums over the time of day are the same for */
/* the same rows whatever dates they stand under: together with the counts they are a fingerprint. */
SELECT
  dataset,
  site_code,
  CAST(TRUNC(CAST(moment AS DATE), 'MONTH') AS TIMESTAMP_NTZ) AS month,
  COUNT(*) AS rows_received,
  COUNT(DISTINCT person_key) AS people,
  MAX(moment) AS newest,
  SUM(EXTRACT(HOUR FROM moment) * 60 + EXTRACT(MINUTE FROM moment)) AS minutes,
  SUM(
    (
      EXTRACT(HOUR FROM moment) * 60 + EXTRACT(MINUTE FROM moment)
    ) * (
      EXTRACT(HOUR FROM moment) * 60 + EXTRACT(MINUTE FROM moment)
    )
  ) AS squares
FROM received
GROUP BY
  dataset,
  site_code,
  CAST(TRUNC(CAST(moment AS DATE), 'MONTH') AS TIMESTAMP_NTZ)
ORDER BY
  dataset NULLS LAST,
  site_code NULLS LAST,
  month NULLS LAST
