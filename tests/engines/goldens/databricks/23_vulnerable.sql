-- generated, not run: nobody has tried this text on Databricks yet
/* People with attendances in the window that point to vulnerability, site by site, each attendance */
/* once. They suggest; they never rank. */
WITH coded AS (
  SELECT
    steps.site_code,
    steps.person_key,
    CASE
      WHEN :by_minute
      THEN MAKE_TIMESTAMP_NTZ(
        YEAR(steps.arrival_datetime),
        MONTH(steps.arrival_datetime),
        DAY(steps.arrival_datetime),
        HOUR(steps.arrival_datetime),
        MINUTE(steps.arrival_datetime),
        0
      )
      ELSE MAKE_TIMESTAMP_NTZ(
        YEAR(steps.arrival_datetime),
        MONTH(steps.arrival_datetime),
        DAY(steps.arrival_datetime),
        HOUR(steps.arrival_datetime),
        MINUTE(steps.arrival_datetime),
        SECOND(steps.arrival_datetime)
      )
    END AS moment,
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
    AND (
      :any_listed_site OR steps.site_code IN (:listed_sites)
    )
), moments_coded AS (
  SELECT
    site_code,
    person_key,
    moment,
    MAX(self_harm) AS self_harm,
    MAX(homeless) AS homeless,
    MAX(safeguarding) AS safeguarding,
    MAX(mental_health) AS mental_health
  FROM coded
  WHERE
    self_harm + homeless + safeguarding + mental_health > 0
  GROUP BY
    site_code,
    person_key,
    moment
)
SELECT
  site_code,
  person_key,
  COUNT(*) AS attendances,
  COUNT(CASE WHEN self_harm = 1 THEN 1 END) AS self_harm,
  COUNT(CASE WHEN homeless = 1 THEN 1 END) AS homeless,
  COUNT(CASE WHEN safeguarding = 1 THEN 1 END) AS safeguarding,
  COUNT(CASE WHEN mental_health = 1 THEN 1 END) AS mental_health
FROM moments_coded
GROUP BY
  site_code,
  person_key
