-- run: the spec tables run this text on Apache Spark 4.3
/* From when on attendances are known at all, within the two years. */
SELECT
  MIN(arrival_datetime) AS oldest
FROM attendances
WHERE
  arrival_datetime >= :since AND arrival_datetime < :as_of
