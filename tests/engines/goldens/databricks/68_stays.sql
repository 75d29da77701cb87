-- generated, not run: nobody has tried this text on Databricks yet
/* The followed people's emergency stays. `admitted`: 1 where the stay counts as an admission; a */
/* transfer between hospitals (2B) only adds its nights. A stay without an end goes on to the cut, */
/* unless it began more than a year before: its end was never written down. */
WITH told AS (
  SELECT
    followed_people.person_key,
    DATEDIFF(CAST(a.admission_datetime AS DATE), CAST('1970-01-01' AS DATE)) AS first_day,
    DATEDIFF(CAST(a.discharge_datetime AS DATE), CAST('1970-01-01' AS DATE)) AS last_day,
    a.bed_days,
    MAKE_TIMESTAMP_NTZ(
      YEAR(a.admission_datetime),
      MONTH(a.admission_datetime),
      DAY(a.admission_datetime),
      HOUR(a.admission_datetime),
      MINUTE(a.admission_datetime),
      0
    ) AS at_minute,
    CASE WHEN COALESCE(a.admission_method, '') <> '2B' THEN 1 ELSE 0 END AS admitted
  FROM admissions AS a
  LEFT JOIN same_person
    ON same_person.person_key = a.person_key
  INNER JOIN followed_people
    ON followed_people.person_key = COALESCE(same_person.who, a.person_key)
  WHERE
    a.admission_datetime < :cut
    AND (
      a.admission_method IN (:emergency_methods)
      OR a.admission_method = '2B'
      OR (
        a.is_emergency AND NOT COALESCE(a.admission_method, '') IN (:emergency_methods)
      )
    )
)
SELECT
  person_key,
  CAST(MIN(first_day) AS INT) AS first_day,
  CAST(MAX(
    CASE
      WHEN NOT last_day IS NULL
      THEN last_day
      WHEN NOT bed_days IS NULL
      THEN first_day + bed_days
      WHEN first_day >= :oldest_open_stay
      THEN :cut_day
      ELSE first_day
    END
  ) AS INT) AS last_day,
  MAX(admitted) AS admitted
FROM told
GROUP BY
  person_key,
  at_minute
