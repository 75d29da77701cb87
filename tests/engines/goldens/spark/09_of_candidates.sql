-- run: the spec tables run this text on Apache Spark 4.3
/* The candidates' attendances over 12 months, counted or not: everything said of a person below is */
/* worked out from these few. */
SELECT
  steps.site_code,
  steps.person_key,
  steps.arrival_datetime,
  steps.by_ambulance,
  steps.admitted,
  steps.birth_date,
  steps.age,
  steps.sex,
  steps.ethnic_category,
  steps.imd_decile,
  steps.step
FROM steps
WHERE
  steps.arrival_datetime >= :earliest
  AND steps.arrival_datetime < :as_of
  AND steps.person_key IN (
    SELECT
      person_key
    FROM candidates
  )
