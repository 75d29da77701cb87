-- run: the spec tables run this text on Apache Spark 4.3
/* Every attendance with the first filter that leaves it out; 99 where it counts. */
/* The numbers are the rows of flow.csv. Arrival within the period is tested where it is used. */
SELECT
  a.person_key,
  a.site_code,
  a.arrival_datetime,
  CASE WHEN a.arrival_mode IN (:ambulance_modes) THEN 1 ELSE 0 END AS by_ambulance,
  CASE
    WHEN a.admitted
    THEN 1
    WHEN a.discharge_destination IN (:admitted_destinations)
    THEN 1
    ELSE 0
  END AS admitted,
  a.birth_date,
  a.age,
  a.sex,
  a.ethnic_category,
  a.imd_decile,
  a.chief_complaint,
  a.injury_intent,
  a.accommodation_status,
  a.safeguarding_concern,
  CASE
    WHEN LOCATE(',', a.diagnoses) > 0
    THEN SUBSTRING(a.diagnoses, 1, LOCATE(',', a.diagnoses) - 1)
    ELSE a.diagnoses
  END AS primary_diagnosis,
  CASE
    WHEN a.site_code IS NULL OR NOT (
      :any_site OR a.site_code IN (:sites)
    )
    THEN 10
    WHEN a.person_key IS NULL
    THEN 20
    WHEN NOT (
      :any_department OR COALESCE(a.department_type, '') IN (:departments)
    )
    THEN 30
    WHEN NOT (
      :any_category OR COALESCE(a.attendance_category, '') IN (:categories)
    )
    THEN 40
    WHEN COALESCE(a.discharge_status, '') IN (:left_out_statuses)
    THEN 50
    WHEN NOT dead.person_key IS NULL
    THEN 60
    WHEN NOT excluded.person_key IS NULL
    THEN 70
    WHEN NOT outside.person_key IS NULL
    THEN 75
    WHEN :any_age
    THEN 99
    WHEN NOT known_ages.of_age IS NULL
    THEN CASE WHEN known_ages.of_age = 1 THEN 99 ELSE 90 END
    WHEN NOT a.birth_date IS NULL
    THEN CASE
      WHEN a.birth_date <= :born_by AND a.birth_date > :born_after
      THEN 99
      ELSE 90
    END
    WHEN COALESCE(crossing.age, a.age) IS NULL
    THEN 80
    WHEN COALESCE(crossing.age, a.age) BETWEEN :youngest AND :oldest
    THEN 99
    ELSE 90
  END AS step
FROM attendances AS a
LEFT JOIN dead
  ON dead.person_key = a.person_key
LEFT JOIN excluded
  ON excluded.person_key = a.person_key
LEFT JOIN outside
  ON outside.person_key = a.person_key
LEFT JOIN known_ages
  ON known_ages.person_key = a.person_key
LEFT JOIN crossing
  ON crossing.person_key = a.person_key
