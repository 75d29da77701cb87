-- run: the spec tables run this text on Apache Spark 4.3
/* The same, once for each list a candidate stands on. */
SELECT
  candidates.list_id,
  moments.person_key,
  moments.arrival_datetime,
  moments.by_ambulance,
  moments.admitted,
  CASE WHEN moments.arrival_datetime >= :window_start THEN 1 ELSE 0 END AS in_window,
  EXTRACT(YEAR FROM moments.arrival_datetime) * 12 + EXTRACT(MONTH FROM moments.arrival_datetime) AS month_number,
  DATEDIFF(CAST(moments.arrival_datetime AS DATE), CAST('2000-01-01' AS DATE)) AS day_number
FROM moments
INNER JOIN candidates
  ON candidates.person_key = moments.person_key
  AND (
    candidates.list_id = moments.site_code OR candidates.list_id = 'ALL'
  )
