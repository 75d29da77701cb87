-- run: the spec tables run this text on PostgreSQL 18
/* The candidates' counted attendances over 12 months where every row counts. */
SELECT
  site_code,
  person_key,
  arrival_datetime,
  by_ambulance,
  admitted
FROM of_candidates
WHERE
  step = 99
