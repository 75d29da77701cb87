-- run: the spec tables run this text on PostgreSQL 18
/* Up to when each site's attendances are known: one hospital can fall silent while others go on. */
SELECT
  site_code,
  MAX(arrival_datetime) AS newest
FROM attendances
WHERE
  arrival_datetime >= :since
  AND arrival_datetime < :as_of
  AND NOT site_code IS NULL
GROUP BY
  site_code
ORDER BY
  site_code COLLATE "C"
