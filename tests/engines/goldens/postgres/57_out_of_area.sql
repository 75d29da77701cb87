-- run: the spec tables run this text on PostgreSQL 18
/* People never seen to live in the commissioned area nor to be registered in it, of those with an */
/* address or a practice at all. Someone with neither is kept: they may well be homeless. */
WITH said AS (
  SELECT
    COALESCE(same_person.who, a.person_key) AS person_key,
    a.lsoa,
    a.gp_practice
  FROM attendances AS a
  LEFT JOIN same_person
    ON same_person.person_key = a.person_key
  WHERE
    NOT a.lsoa IS NULL OR NOT a.gp_practice IS NULL
  UNION ALL
  SELECT
    COALESCE(same_person.who, persons.person_key) AS person_key,
    people.lsoa,
    people.gp_practice
  FROM people
  INNER JOIN persons
    ON persons.person_id = people.person_id
  LEFT JOIN same_person
    ON same_person.person_key = persons.person_key
  WHERE
    NOT people.lsoa IS NULL OR NOT people.gp_practice IS NULL
), placed_in AS (
  SELECT
    said.person_key,
    CASE WHEN NOT footprint_lsoas.code IS NULL THEN 1 ELSE 0 END AS lives_in,
    CASE WHEN NOT footprint_practices.code IS NULL THEN 1 ELSE 0 END AS registered_in
  FROM said
  INNER JOIN asked
    ON asked.person_key = said.person_key
  LEFT JOIN footprint_lsoas
    ON footprint_lsoas.code = said.lsoa
  LEFT JOIN footprint_practices
    ON footprint_practices.code = said.gp_practice
)
SELECT
  person_key
FROM placed_in
GROUP BY
  person_key
HAVING
  MAX(
    CASE
      WHEN :either_is_enough AND (
        lives_in = 1 OR registered_in = 1
      )
      THEN 1
      WHEN (
        lives_in = 1 OR :no_lsoas
      )
      AND (
        registered_in = 1 OR :no_practices
      )
      THEN 1
      ELSE 0
    END
  ) = 0
