-- generated, not run: nobody has tried this text on Databricks yet
/* From when on attendances are known at all, within the two years. */
SELECT
  MIN(arrival_datetime) AS oldest
FROM attendances
WHERE
  arrival_datetime >= :since AND arrival_datetime < :as_of
