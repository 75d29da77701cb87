-- run: the spec tables run this text on PostgreSQL 18
/* The store's person keys behind each identifier of the roster: the identifier itself, or the NHS */
/* number that the people table knows for a pseudonym. */
WITH known AS (
  SELECT
    roster_ids.roster_no,
    persons.person_key
  FROM roster_ids
  INNER JOIN persons
    ON persons.person_id = roster_ids.person_id
  UNION
  SELECT
    roster_ids.roster_no,
    persons.person_key
  FROM roster_ids
  INNER JOIN people
    ON people.nhs_number = roster_ids.person_id
  INNER JOIN persons
    ON persons.person_id = people.person_id
)
SELECT DISTINCT
  known.roster_no,
  COALESCE(same_person.who, known.person_key) AS person_key
FROM known
LEFT JOIN same_person
  ON same_person.person_key = known.person_key
ORDER BY
  known.roster_no
