-- run: the spec tables run this text on PostgreSQL 18
/* Everyone accounted for: attendances and people by the last filter they pass. */
WITH walked AS (
  SELECT
    steps.person_key,
    CASE
      WHEN steps.arrival_datetime IS NULL
      THEN 1
      WHEN steps.arrival_datetime < :period_start OR steps.arrival_datetime >= :as_of
      THEN 1
      ELSE steps.step
    END AS step
  FROM steps
), furthest AS (
  SELECT
    person_key,
    MAX(step) AS step
  FROM walked
  WHERE
    NOT person_key IS NULL
  GROUP BY
    person_key
), rows_by_step AS (
  SELECT
    step,
    COUNT(*) AS attendances
  FROM walked
  GROUP BY
    step
), people_by_step AS (
  SELECT
    step,
    COUNT(*) AS people
  FROM furthest
  GROUP BY
    step
)
SELECT
  rows_by_step.step,
  rows_by_step.attendances,
  COALESCE(people_by_step.people, 0) AS people
FROM rows_by_step
LEFT JOIN people_by_step
  ON people_by_step.step = rows_by_step.step
