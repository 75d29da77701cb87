-- run: the spec tables run this text on Apache Spark 4.3
/* Age, sex and deprivation of the people listed, from their latest attendance in the year. Where that */
/* one tells no age, another of the year that made them of an age to be listed does. */
WITH latest AS (
  SELECT
    person_key,
    COALESCE(birth_date, MAX(birth_date) OVER (PARTITION BY person_key)) AS birth_date,
    COALESCE(age, MAX(age) OVER (PARTITION BY person_key)) AS age,
    sex,
    ethnic_category,
    imd_decile,
    ROW_NUMBER() OVER (
      PARTITION BY person_key
      ORDER BY arrival_datetime DESC, site_code ASC NULLS LAST, birth_date ASC NULLS LAST, age ASC NULLS LAST, sex ASC NULLS LAST, ethnic_category ASC NULLS LAST, imd_decile ASC NULLS LAST
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
