-- generated, not run: nobody has tried this text on Databricks yet
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
