-- run: the spec tables run this text on PostgreSQL 18
/* The attendances that count, from the start of the period the rules look at. */
SELECT
  steps.*
FROM steps
WHERE
  steps.step = 99
  AND steps.arrival_datetime >= :period_start
  AND steps.arrival_datetime < :as_of
