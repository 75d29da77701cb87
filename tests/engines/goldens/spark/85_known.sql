-- run: the spec tables run this text on Apache Spark 4.3
/* What is known of them: by the people table, or else by their latest attendance that says it. Age, */
/* sex and deprivation are those of the latest attendance, as on the list. */
WITH said AS (
  SELECT
    attendances.person_key,
    attendances.site_code,
    attendances.arrival_datetime,
    attendances.lsoa,
    attendances.gp_practice,
    attendances.birth_date,
    attendances.age,
    attendances.sex,
    attendances.imd_decile
  FROM attendances
  INNER JOIN everyone
    ON everyone.person_key = attendances.person_key
  WHERE
    attendances.arrival_datetime >= :earliest
    AND attendances.arrival_datetime < :as_of
), latest AS (
  SELECT
    person_key,
    MAX(arrival_datetime) AS seen_at,
    MAX(CASE WHEN NOT lsoa IS NULL THEN arrival_datetime END) AS lived_at,
    MAX(CASE WHEN NOT gp_practice IS NULL THEN arrival_datetime END) AS registered_at
  FROM said
  GROUP BY
    person_key
), facts AS (
  SELECT
    said.person_key,
    said.birth_date,
    said.age,
    said.sex,
    said.imd_decile,
    ROW_NUMBER() OVER (
      PARTITION BY said.person_key
      ORDER BY said.site_code ASC NULLS LAST, said.birth_date ASC NULLS LAST, said.age ASC NULLS LAST, said.sex ASC NULLS LAST, said.imd_decile ASC NULLS LAST
    ) AS place
  FROM said
  INNER JOIN latest
    ON latest.person_key = said.person_key AND latest.seen_at = said.arrival_datetime
), homes AS (
  SELECT
    said.person_key,
    said.lsoa,
    ROW_NUMBER() OVER (PARTITION BY said.person_key ORDER BY said.lsoa ASC NULLS LAST) AS place
  FROM said
  INNER JOIN latest
    ON latest.person_key = said.person_key AND latest.lived_at = said.arrival_datetime
  WHERE
    NOT said.lsoa IS NULL
), practices AS (
  SELECT
    said.person_key,
    said.gp_practice,
    ROW_NUMBER() OVER (PARTITION BY said.person_key ORDER BY said.gp_practice ASC NULLS LAST) AS place
  FROM said
  INNER JOIN latest
    ON latest.person_key = said.person_key
    AND latest.registered_at = said.arrival_datetime
  WHERE
    NOT said.gp_practice IS NULL
)
SELECT
  facts.person_key,
  COALESCE(people.lsoa, homes.lsoa) AS lsoa,
  COALESCE(people.gp_practice, practices.gp_practice) AS gp_practice,
  COALESCE(people.birth_date, facts.birth_date) AS birth_date,
  facts.age,
  COALESCE(people.sex, facts.sex) AS sex,
  COALESCE(people.imd_decile, facts.imd_decile) AS imd_decile
FROM facts
LEFT JOIN homes
  ON homes.person_key = facts.person_key AND homes.place = 1
LEFT JOIN practices
  ON practices.person_key = facts.person_key AND practices.place = 1
LEFT JOIN persons
  ON persons.person_key = facts.person_key
LEFT JOIN people
  ON people.person_id = persons.person_id
WHERE
  facts.place = 1
