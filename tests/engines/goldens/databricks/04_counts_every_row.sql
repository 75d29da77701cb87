-- generated, not run: nobody has tried this text on Databricks yet
/* Attendances per person and site where every row counts, exact repeats too. */
SELECT
  site_code,
  person_key,
  in_window,
  in_period,
  last_arrival
FROM tally
