-- run: the spec tables run this text on PostgreSQL 18
/* Attendances per person and site where every row counts, exact repeats too. */
SELECT
  site_code,
  person_key,
  in_window,
  in_period,
  last_arrival
FROM tally
