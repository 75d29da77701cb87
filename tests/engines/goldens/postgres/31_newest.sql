-- run: the spec tables run this text on PostgreSQL 18
/* The newest attendance of each site in the 12 months, whatever its kind: is its data still coming? */
SELECT
  site_code,
  MAX(arrival_datetime) AS newest
FROM attendances
WHERE
  arrival_datetime >= :earliest
  AND arrival_datetime < :as_of
  AND NOT site_code IS NULL
  AND (
    :any_site OR site_code IN (:sites)
  )
GROUP BY
  site_code
