-- run: the spec tables run this text on PostgreSQL 18
/* What the list says of each candidate's attendances. Where none lies in the window (a rule over */
/* 12 months listed them), first and last are those of the 12 months. */
SELECT
  list_id,
  person_key,
  COUNT(CASE WHEN arrival_datetime >= :year_start THEN 1 END) AS in_year,
  COUNT(CASE WHEN in_window = 1 THEN 1 END) AS in_window,
  COUNT(CASE WHEN in_window = 1 AND by_ambulance = 1 THEN 1 END) AS by_ambulance,
  COUNT(CASE WHEN in_window = 1 AND admitted = 1 THEN 1 END) AS admitted,
  COALESCE(MIN(CASE WHEN in_window = 1 THEN arrival_datetime END), MIN(arrival_datetime)) AS first_arrival,
  MAX(arrival_datetime) AS last_arrival
FROM listed_moments
GROUP BY
  list_id,
  person_key
