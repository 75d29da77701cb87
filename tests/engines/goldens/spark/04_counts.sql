-- run: the spec tables run this text on Apache Spark 4.3
/* Attendances per person and site, each moment once. Only people with more than one row can have */
/* repeats, so only their rows are looked at again. */
WITH repeated AS (
  SELECT
    visits.site_code,
    visits.person_key,
    MIN(visits.arrival_datetime) AS arrival_datetime
  FROM visits
  INNER JOIN tally
    ON tally.site_code = visits.site_code AND tally.person_key = visits.person_key
  WHERE
    tally.in_period > 1
  GROUP BY
    visits.site_code,
    visits.person_key,
    CASE
      WHEN :by_minute
      THEN MAKE_TIMESTAMP_NTZ(
        YEAR(visits.arrival_datetime),
        MONTH(visits.arrival_datetime),
        DAY(visits.arrival_datetime),
        HOUR(visits.arrival_datetime),
        MINUTE(visits.arrival_datetime),
        0
      )
      ELSE MAKE_TIMESTAMP_NTZ(
        YEAR(visits.arrival_datetime),
        MONTH(visits.arrival_datetime),
        DAY(visits.arrival_datetime),
        HOUR(visits.arrival_datetime),
        MINUTE(visits.arrival_datetime),
        SECOND(visits.arrival_datetime)
      )
    END
)
SELECT
  site_code,
  person_key,
  COUNT(CASE WHEN arrival_datetime >= :window_start THEN 1 END) AS in_window,
  COUNT(*) AS in_period,
  MAX(arrival_datetime) AS last_arrival
FROM repeated
GROUP BY
  site_code,
  person_key
UNION ALL
SELECT
  site_code,
  person_key,
  in_window,
  in_period,
  last_arrival
FROM tally
WHERE
  in_period = 1
