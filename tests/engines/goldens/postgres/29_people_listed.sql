-- run: the spec tables run this text on PostgreSQL 18
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
