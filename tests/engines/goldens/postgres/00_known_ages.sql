-- run: the spec tables run this text on PostgreSQL 18
/* Whether people are of an age to be listed, where their date of birth is known from the people */
/* table, or from some of their attendances of the year but not from all. */
WITH born AS (
  SELECT
    persons.person_key,
    MAX(people.birth_date) AS birth_date,
    1 AS by_people
  FROM people
  INNER JOIN persons
    ON persons.person_id = people.person_id
  WHERE
    NOT people.birth_date IS NULL
  GROUP BY
    persons.person_key
  UNION ALL
  SELECT
    person_key,
    MAX(birth_date) AS birth_date,
    0 AS by_people
  FROM attendances
  WHERE
    arrival_datetime >= :earliest
    AND arrival_datetime < :as_of
    AND person_key IN (
      SELECT
        person_key
      FROM attendances
      WHERE
        birth_date IS NULL
        AND NOT person_key IS NULL
        AND arrival_datetime >= :earliest
        AND arrival_datetime < :as_of
    )
  GROUP BY
    person_key
  HAVING
    NOT MAX(attendances.birth_date) IS NULL
), judged AS (
  SELECT
    person_key,
    by_people,
    CASE
      WHEN birth_date <= :born_by AND birth_date > :born_after
      THEN 1
      ELSE 0
    END AS of_age
  FROM born
)
SELECT
  person_key,
  COALESCE(
    MAX(CASE WHEN by_people = 1 THEN of_age END),
    MAX(CASE WHEN by_people = 0 THEN of_age END)
  ) AS of_age
FROM judged
GROUP BY
  person_key
