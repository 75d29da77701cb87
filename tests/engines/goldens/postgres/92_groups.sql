-- run: the spec tables run this text on PostgreSQL 18
/* The people of each tier by deprivation, age at the end of the year, sex, and whether they live in a */
/* priority ward. */
WITH aged AS (
  SELECT
    levels.kind,
    levels.unit,
    levels.tier,
    known.sex,
    CAST(FLOOR(CAST((
      known.imd_decile + 1
    ) AS DOUBLE PRECISION) / 2.0) AS INT) AS quintile,
    CASE WHEN NOT priority_lsoas.code IS NULL THEN 1 ELSE 0 END AS in_priority,
    CASE
      WHEN known.birth_date IS NULL
      THEN known.age
      ELSE CAST(FLOOR(
        CAST((
          :as_of_number - (
            EXTRACT(YEAR FROM known.birth_date) * 10000 + EXTRACT(MONTH FROM known.birth_date) * 100 + EXTRACT(DAY FROM known.birth_date)
          )
        ) AS DOUBLE PRECISION) / 10000.0
      ) AS INT)
    END AS age
  FROM levels
  LEFT JOIN known
    ON known.person_key = levels.person_key
  LEFT JOIN priority_lsoas
    ON priority_lsoas.code = known.lsoa
), banded AS (
  SELECT
    kind,
    unit,
    tier,
    sex,
    quintile,
    in_priority,
    CASE
      WHEN age IS NULL
      THEN -1
      WHEN age < 18
      THEN 0
      WHEN age < 30
      THEN 18
      WHEN age >= 80
      THEN 80
      ELSE CAST(FLOOR(CAST(age AS DOUBLE PRECISION) / 10.0) * 10 AS INT)
    END AS age_from
  FROM aged
)
SELECT
  kind,
  unit,
  tier,
  sex,
  quintile,
  in_priority,
  age_from,
  COUNT(*) AS people
FROM banded
GROUP BY
  kind,
  unit,
  tier,
  sex,
  quintile,
  in_priority,
  age_from
ORDER BY
  kind,
  unit,
  tier,
  sex COLLATE "C",
  quintile,
  in_priority,
  age_from
