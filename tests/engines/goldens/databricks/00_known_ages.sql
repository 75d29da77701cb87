-- generated, not run: nobody has tried this text on Databricks yet
/* Whether people whose date of birth the people table knows are of an age to be listed. */
SELECT
  persons.person_key,
  MAX(
    CASE
      WHEN people.birth_date <= :born_by AND people.birth_date > :born_after
      THEN 1
      ELSE 0
    END
  ) AS of_age
FROM people
INNER JOIN persons
  ON persons.person_id = people.person_id
WHERE
  NOT people.birth_date IS NULL
GROUP BY
  persons.person_key
