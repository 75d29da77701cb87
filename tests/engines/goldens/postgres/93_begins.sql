-- run: the spec tables run this text on PostgreSQL 18
/* The first and the newest attendance that each hospital sent. */
SELECT
  site_code,
  MIN(arrival_datetime) AS first_arrival,
  MAX(arrival_datetime) AS newest
FROM attendances
WHERE
  NOT site_code IS NULL
  AND arrival_datetime < :as_of
  AND (
    :any_site OR site_code IN (:sites)
  )
GROUP BY
  site_code
ORDER BY
  site_code COLLATE "C"
