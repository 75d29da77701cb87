-- run: the spec tables run this text on Apache Spark 4.3
/* Who the people on a journey are: by the people table, else by the latest attendance before their */
/* day that says it. */
WITH told AS (
  SELECT
    journey_people.journey_no,
    a.arrival_datetime,
    a.sex,
    a.ethnic_category,
    a.imd_decile,
    a.lsoa
  FROM attendances AS a
  LEFT JOIN same_person
    ON same_person.person_key = a.person_key
  INNER JOIN journey_people
    ON journey_people.person_key = COALESCE(same_person.who, a.person_key)
    AND a.arrival_datetime < journey_people.known_by
), sexes_told AS (
  SELECT
    journey_no,
    sex,
    ROW_NUMBER() OVER (PARTITION BY journey_no ORDER BY arrival_datetime DESC, sex NULLS LAST) AS place
  FROM told
  WHERE
    NOT sex IS NULL
), ethnicities_told AS (
  SELECT
    journey_no,
    ethnic_category,
    ROW_NUMBER() OVER (
      PARTITION BY journey_no
      ORDER BY arrival_datetime DESC, ethnic_category NULLS LAST
    ) AS place
  FROM told
  WHERE
    NOT ethnic_category IS NULL
), deciles_told AS (
  SELECT
    journey_no,
    imd_decile,
    ROW_NUMBER() OVER (PARTITION BY journey_no ORDER BY arrival_datetime DESC, imd_decile NULLS LAST) AS place
  FROM told
  WHERE
    NOT imd_decile IS NULL
), areas_told AS (
  SELECT
    journey_no,
    lsoa,
    ROW_NUMBER() OVER (PARTITION BY journey_no ORDER BY arrival_datetime DESC, lsoa NULLS LAST) AS place
  FROM told
  WHERE
    NOT lsoa IS NULL
), of_people AS (
  SELECT
    COALESCE(same_person.who, persons.person_key) AS person_key,
    people.sex,
    people.ethnic_category,
    people.imd_decile,
    people.lsoa,
    ROW_NUMBER() OVER (
      PARTITION BY COALESCE(same_person.who, persons.person_key)
      ORDER BY people.person_id NULLS LAST
    ) AS place
  FROM people
  INNER JOIN persons
    ON persons.person_id = people.person_id
  LEFT JOIN same_person
    ON same_person.person_key = persons.person_key
)
SELECT
  journey_people.journey_no,
  COALESCE(of_people.sex, sexes_told.sex) AS sex,
  COALESCE(of_people.ethnic_category, ethnicities_told.ethnic_category) AS ethnic_category,
  COALESCE(of_people.imd_decile, deciles_told.imd_decile) AS imd_decile,
  COALESCE(of_people.lsoa, areas_told.lsoa) AS lsoa,
  births.born_month,
  births.born_day,
  deaths.day_no AS death_day,
  moves.day_no AS moved_day
FROM journey_people
LEFT JOIN of_people
  ON of_people.person_key = journey_people.person_key AND of_people.place = 1
LEFT JOIN sexes_told
  ON sexes_told.journey_no = journey_people.journey_no AND sexes_told.place = 1
LEFT JOIN ethnicities_told
  ON ethnicities_told.journey_no = journey_people.journey_no
  AND ethnicities_told.place = 1
LEFT JOIN deciles_told
  ON deciles_told.journey_no = journey_people.journey_no AND deciles_told.place = 1
LEFT JOIN areas_told
  ON areas_told.journey_no = journey_people.journey_no AND areas_told.place = 1
LEFT JOIN births
  ON births.person_key = journey_people.person_key
LEFT JOIN deaths
  ON deaths.person_key = journey_people.person_key
LEFT JOIN moves
  ON moves.person_key = journey_people.person_key
ORDER BY
  journey_people.journey_no NULLS LAST
