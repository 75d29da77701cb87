-- run: the spec tables run this text on PostgreSQL 18
/* What the attendances of the 12 months before say of housing and mental health: how often each was */
/* written down at all, and how often it pointed to a need. */
SELECT
  journey_people.journey_no,
  COUNT(
    CASE
      WHEN NOT a.accommodation_status IS NULL
      AND NOT a.accommodation_status IN (:housing_unknown)
      THEN 1
    END
  ) AS housing_told,
  COUNT(CASE WHEN a.accommodation_status IN (:not_housed) THEN 1 END) AS not_housed,
  COUNT(CASE WHEN NOT a.chief_complaint IS NULL OR NOT a.diagnoses IS NULL THEN 1 END) AS complaints_told,
  COUNT(
    CASE
      WHEN a.injury_intent = :self_inflicted
      THEN 1
      WHEN a.chief_complaint IN (:mental_health_complaints)
      THEN 1
      WHEN SUBSTRING(a.diagnoses FROM 1 FOR POSITION(',' IN CONCAT(a.diagnoses, ',')) - 1) IN (:mental_health_diagnoses)
      THEN 1
    END
  ) AS mental_health
FROM attendances AS a
LEFT JOIN same_person
  ON same_person.person_key = a.person_key
INNER JOIN journey_people
  ON journey_people.person_key = COALESCE(same_person.who, a.person_key)
  AND a.arrival_datetime < journey_people.known_by
  AND a.arrival_datetime >= journey_people.known_from
GROUP BY
  journey_people.journey_no
ORDER BY
  journey_people.journey_no
