-- run: the spec tables run this text on PostgreSQL 18
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
    THEN DATE_TRUNC('MINUTE', arrival_datetime)
    ELSE DATE_TRUNC('SECOND', arrival_datetime)
  END
