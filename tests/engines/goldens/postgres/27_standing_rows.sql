-- run: the spec tables run this text on PostgreSQL 18
/* The attendances of the people asked about, by the first filter that leaves each out. */
WITH walked AS (
  SELECT
    asked.person_id,
    CASE
      WHEN steps.arrival_datetime IS NULL
      THEN 1
      WHEN steps.arrival_datetime < :period_start OR steps.arrival_datetime >= :as_of
      THEN 1
      ELSE steps.step
    END AS step
  FROM steps
  INNER JOIN asked
    ON asked.person_key = steps.person_key
)
SELECT
  person_id,
  step,
  COUNT(*) AS attendances
FROM walked
GROUP BY
  person_id,
  step
