-- run: the spec tables run this text on Apache Spark 4.3
/* Attendances per person and site where every row counts, exact repeats too. */
SELECT
  site_code,
  person_key,
  in_window,
  in_period,
  last_arrival
FROM tally
