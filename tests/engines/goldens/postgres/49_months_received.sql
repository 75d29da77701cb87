-- run: the spec tables run this text on PostgreSQL 18
/* What each month holds of each dataset and site. The two sums over the time of day are the same for */
/* the same rows whatever dates they stand under: together with the counts they are a fingerprint. */
SELECT
  dataset,
  site_code,
  DATE_TRUNC('MONTH', moment) AS month,
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
  DATE_TRUNC('MONTH', moment)
ORDER BY
  dataset,
  site_code COLLATE "C",
  month
