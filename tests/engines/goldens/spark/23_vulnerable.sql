-- run: the spec tables run this text on Apache Spark 4.3
/* Attendances in the window that point to vulnerability, person by person and site by site. They */
/* suggest; they never rank. */
SELECT
  visits_coded.site_code,
  visits_coded.person_key,
  COUNT(*) AS attendances,
  COUNT(CASE WHEN visits_coded.self_harm = 1 THEN 1 END) AS self_harm,
  COUNT(CASE WHEN visits_coded.homeless = 1 THEN 1 END) AS homeless,
  COUNT(CASE WHEN visits_coded.safeguarding = 1 THEN 1 END) AS safeguarding,
  COUNT(CASE WHEN visits_coded.mental_health = 1 THEN 1 END) AS mental_health
FROM (
  SELECT
    steps.site_code,
    steps.person_key,
    CASE
      WHEN steps.injury_intent = :self_inflicted OR steps.chief_complaint = :self_harm
      THEN 1
      ELSE 0
    END AS self_harm,
    CASE WHEN steps.accommodation_status IN (:not_housed) THEN 1 ELSE 0 END AS homeless,
    CASE
      WHEN steps.safeguarding_concern IS NULL
      THEN 0
      WHEN UPPER(steps.safeguarding_concern) IN ('0', 'N', 'NO', 'NONE', 'FALSE')
      THEN 0
      ELSE 1
    END AS safeguarding,
    CASE
      WHEN steps.chief_complaint IN (:mental_health_complaints)
      THEN 1
      WHEN steps.primary_diagnosis IN (:mental_health_diagnoses)
      THEN 1
      ELSE 0
    END AS mental_health
  FROM steps
  WHERE
    steps.step = 99
    AND steps.arrival_datetime >= :window_start
    AND steps.arrival_datetime < :as_of
) AS visits_coded
WHERE
  visits_coded.self_harm + visits_coded.homeless + visits_coded.safeguarding + visits_coded.mental_health > 0
GROUP BY
  visits_coded.site_code,
  visits_coded.person_key
