-- run: the spec tables run this text on PostgreSQL 18
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
      ORDER BY steps.arrival_datetime DESC NULLS LAST, steps.site_code COLLATE "C" ASC, steps.birth_date ASC, steps.age ASC, steps.sex COLLATE "C" ASC, steps.imd_decile ASC
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
