-- generated, not run: nobody has tried this text on Databricks yet
/* The candidates' counted attendances over 12 months, each moment once; an ambulance or an */
/* admission on any row of a moment counts for the moment. */
SELECT
  site_code,
  person_key,
  MIN(arrival_datetime) AS arrival_datetime,
  MAX(by_ambulance) AS by_ambulance,
  MAX(admitted) AS admitted
FROM of_candidates
WHERE
  step = 99
GROUP BY
  site_code,
  person_key,
  CASE
    WHEN :by_minute
    THEN MAKE_TIMESTAMP_NTZ(
      YEAR(arrival_datetime),
      MONTH(arrival_datetime),
      DAY(arrival_datetime),
      HOUR(arrival_datetime),
      MINUTE(arrival_datetime),
      0
    )
    ELSE MAKE_TIMESTAMP_NTZ(
      YEAR(arrival_datetime),
      MONTH(arrival_datetime),
      DAY(arrival_datetime),
      HOUR(arrival_datetime),
      MINUTE(arrival_datetime),
      SECOND(arrival_datetime)
    )
  END
