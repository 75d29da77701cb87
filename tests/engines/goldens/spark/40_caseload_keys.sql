-- run: the spec tables run this text on Apache Spark 4.3
/* The store's person keys behind each reference of the caseload: the identifier itself, or the NHS */
/* number that the people table knows for a pseudonym. */
SELECT DISTINCT
  caseload.person_ref,
  persons.person_key
FROM caseload
INNER JOIN persons
  ON persons.person_id = caseload.person_id
UNION
SELECT DISTINCT
  caseload.person_ref,
  persons.person_key
FROM caseload
INNER JOIN people
  ON people.nhs_number = caseload.person_id
INNER JOIN persons
  ON persons.person_id = people.person_id
WHERE
  caseload.issuer = :nhs
