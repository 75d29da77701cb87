-- run: the spec tables run this text on Apache Spark 4.3
/* Keys that stand for somebody who has another key too (the people table knows one NHS number for */
/* both): `who` is the key that stands for the person from here on. */
WITH known AS (
  SELECT
    people.nhs_number,
    persons.person_key,
    ROW_NUMBER() OVER (PARTITION BY people.nhs_number ORDER BY persons.person_id NULLS LAST) AS place,
    ROW_NUMBER() OVER (PARTITION BY persons.person_key ORDER BY people.nhs_number NULLS LAST) AS number_of_key
  FROM people
  INNER JOIN persons
    ON persons.person_id = people.person_id
  WHERE
    NOT people.nhs_number IS NULL
)
SELECT
  other.person_key,
  first_of.person_key AS who
FROM known AS other
INNER JOIN known AS first_of
  ON first_of.nhs_number = other.nhs_number AND first_of.place = 1
WHERE
  other.number_of_key = 1 AND other.person_key <> first_of.person_key
