-- run: the spec tables run this text on Apache Spark 4.3
/* Attendances of the year that ended in admission, each moment once, of everyone who may have been */
/* in a tier: what stands for emergency admissions where nobody sent the spells. */
WITH moments AS (
  SELECT
    visits.site_code,
    visits.person_key,
    MAX(visits.admitted) AS admitted
  FROM visits
  INNER JOIN often
    ON often.person_key = visits.person_key
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
  person_key,
  CAST(SUM(admitted) AS BIGINT) AS admissions
FROM moments
GROUP BY
  person_key
