-- run: the spec tables run this text on Apache Spark 4.3
/* Lines of the exclusions file that match nobody. */
SELECT
  COUNT(*) AS lines
FROM exclusions
LEFT JOIN persons
  ON persons.person_id = exclusions.person_id
LEFT JOIN people
  ON people.nhs_number = exclusions.person_id
WHERE
  persons.person_id IS NULL AND people.nhs_number IS NULL
