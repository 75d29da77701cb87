-- run: the spec tables run this text on Apache Spark 4.3
/* Emergency admissions of the candidates in the window. A transfer between hospitals (2B) goes on */
/* with a spell that was counted where it began. */
SELECT
  person_key,
  COUNT(*) AS admissions
FROM admissions
WHERE
  admission_datetime >= :window_start
  AND admission_datetime < :as_of
  AND COALESCE(admission_method, '') <> '2B'
  AND (
    admission_method IN (:emergency_methods)
    OR (
      is_emergency AND NOT COALESCE(admission_method, '') IN (:emergency_methods)
    )
  )
  AND person_key IN (
    SELECT
      person_key
    FROM candidates
  )
GROUP BY
  person_key
