-- generated, not run: nobody has tried this text on Databricks yet
/* Who the listed people are and how to be in touch with them. */
SELECT
  people.*
FROM people
WHERE
  people.person_id IN (
    SELECT
      person_id
    FROM listed
  )
