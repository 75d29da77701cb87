-- run: the spec tables run this text on PostgreSQL 18
/* The day somebody moved away or left their practice's list, by the people table or the roster. */
WITH told AS (
  SELECT
    asked.person_key,
    (
      CAST(people.left_date AS DATE) - CAST('1970-01-01' AS DATE)
    ) AS day_no
  FROM people
  INNER JOIN persons
    ON persons.person_id = people.person_id
  LEFT JOIN same_person
    ON same_person.person_key = persons.person_key
  INNER JOIN asked
    ON asked.person_key = COALESCE(same_person.who, persons.person_key)
  WHERE
    NOT people.left_date IS NULL
  UNION ALL
  SELECT
    person_key,
    moved_day AS day_no
  FROM starts
  WHERE
    NOT moved_day IS NULL
)
SELECT
  person_key,
  CAST(MIN(day_no) AS INT) AS day_no
FROM told
GROUP BY
  person_key
