-- run: the spec tables run this text on Apache Spark 4.3
/* When people were born: by the people table, else by their attendances; where only ages in whole */
/* years were recorded, the latest month that agrees with all of them. Null: nobody recorded it. */
WITH told AS (
  SELECT
    asked.person_key,
    people.birth_date,
    1 AS by_people,
    CAST(NULL AS INT) AS born_month
  FROM people
  INNER JOIN persons
    ON persons.person_id = people.person_id
  LEFT JOIN same_person
    ON same_person.person_key = persons.person_key
  INNER JOIN asked
    ON asked.person_key = COALESCE(same_person.who, persons.person_key)
  WHERE
    NOT people.birth_date IS NULL
  UNION ALL
  SELECT
    asked.person_key,
    a.birth_date,
    0 AS by_people,
    CAST(EXTRACT(YEAR FROM a.arrival_datetime) * 12 + EXTRACT(MONTH FROM a.arrival_datetime) - 12 * a.age AS INT) AS born_month
  FROM attendances AS a
  LEFT JOIN same_person
    ON same_person.person_key = a.person_key
  INNER JOIN asked
    ON asked.person_key = COALESCE(same_person.who, a.person_key)
  WHERE
    NOT a.birth_date IS NULL OR NOT a.age IS NULL
), gathered AS (
  SELECT
    person_key,
    COALESCE(
      MAX(CASE WHEN by_people = 1 THEN birth_date END),
      MAX(CASE WHEN by_people = 0 THEN birth_date END)
    ) AS birth_date,
    MIN(born_month) AS born_month
  FROM told
  GROUP BY
    person_key
)
SELECT
  person_key,
  birth_date,
  CAST(COALESCE(EXTRACT(YEAR FROM birth_date) * 12 + EXTRACT(MONTH FROM birth_date), born_month) AS INT) AS born_month,
  CAST(COALESCE(EXTRACT(DAY FROM birth_date), 1) AS INT) AS born_day
FROM gathered
