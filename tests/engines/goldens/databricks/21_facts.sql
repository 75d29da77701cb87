-- generated, not run: nobody has tried this text on Databricks yet
/* Age, sex and deprivation of the people listed, from their latest attendance in the year. */
WITH latest AS (
  SELECT
    steps.person_key,
    steps.birth_date,
    steps.age,
    steps.sex,
    steps.ethnic_category,
    steps.imd_decile,
    ROW_NUMBER() OVER (
      PARTITION BY steps.person_key
      ORDER BY steps.arrival_datetime DESC, steps.site_code ASC NULLS LAST, steps.birth_date ASC NULLS LAST, steps.age ASC NULLS LAST, steps.sex ASC NULLS LAST, steps.imd_decile ASC NULLS LAST
    ) AS place
  FROM steps
  WHERE
    steps.arrival_datetime >= :year_start
    AND steps.arrival_datetime < :as_of
    AND steps.person_key IN (
      SELECT
        person_key
      FROM listed
    )
)
SELECT
  person_key,
  birth_date,
  age,
  sex,
  ethnic_category,
  imd_decile
FROM latest
WHERE
  place = 1
