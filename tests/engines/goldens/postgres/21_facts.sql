-- run: the spec tables run this text on PostgreSQL 18
/* Age, sex and deprivation of the people listed, from their latest attendance in the year. */
WITH latest AS (
  SELECT
    person_key,
    birth_date,
    age,
    sex,
    ethnic_category,
    imd_decile,
    ROW_NUMBER() OVER (
      PARTITION BY person_key
      ORDER BY arrival_datetime DESC NULLS LAST, site_code COLLATE "C" ASC, birth_date ASC, age ASC, sex COLLATE "C" ASC, ethnic_category COLLATE "C" ASC, imd_decile ASC
    ) AS place
  FROM of_candidates
  WHERE
    person_key IN (
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
