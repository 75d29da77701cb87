-- generated, not run: nobody has tried this text on Databricks yet
/* The candidates' counted attendances over 12 months, each moment once; an ambulance or an */
/* admission on any row of a moment counts for the moment. */
SELECT
  steps.site_code,
  steps.person_key,
  MIN(steps.arrival_datetime) AS arrival_datetime,
  MAX(steps.by_ambulance) AS by_ambulance,
  MAX(steps.admitted) AS admitted
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
GROUP BY
  steps.site_code,
  steps.person_key,
  CASE
    WHEN :by_minute
    THEN MAKE_TIMESTAMP_NTZ(
      YEAR(steps.arrival_datetime),
      MONTH(steps.arrival_datetime),
      DAY(steps.arrival_datetime),
      HOUR(steps.arrival_datetime),
      MINUTE(steps.arrival_datetime),
      0
    )
    ELSE MAKE_TIMESTAMP_NTZ(
      YEAR(steps.arrival_datetime),
      MONTH(steps.arrival_datetime),
      DAY(steps.arrival_datetime),
      HOUR(steps.arrival_datetime),
      MINUTE(steps.arrival_datetime),
      SECOND(steps.arrival_datetime)
    )
  END
