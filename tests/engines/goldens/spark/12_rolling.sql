-- run: the spec tables run this text on Apache Spark 4.3
/* The most attendances in any 30 days in a row of the window, counted from each attendance on. */
WITH starts AS (
  SELECT DISTINCT
    list_id,
    person_key,
    arrival_datetime,
    day_number
  FROM listed_moments
  WHERE
    in_window = 1 AND :has_rolling
), runs AS (
  SELECT
    a.list_id,
    a.person_key,
    a.arrival_datetime,
    COUNT(*) AS attendances
  FROM starts AS a
  INNER JOIN listed_moments AS b
    ON b.list_id = a.list_id
    AND b.person_key = a.person_key
    AND b.in_window = 1
    AND b.day_number >= a.day_number
    AND b.day_number < a.day_number + 30
    AND b.arrival_datetime >= a.arrival_datetime
  GROUP BY
    a.list_id,
    a.person_key,
    a.arrival_datetime
)
SELECT
  list_id,
  person_key,
  MAX(attendances) AS attendances
FROM runs
GROUP BY
  list_id,
  person_key
