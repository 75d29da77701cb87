-- generated, not run: nobody has tried this text on Databricks yet
/* The candidates' counted attendances over 12 months where every row counts. */
SELECT
  steps.site_code,
  steps.person_key,
  steps.arrival_datetime,
  steps.by_ambulance,
  steps.admitted
FROM steps
WHERE
  steps.step = 99
  AND steps.arrival_datetime >= :year_start
  AND steps.arrival_datetime < :as_of
  AND steps.person_key IN (
    SELECT
      person_key
    FROM candidates
  )
