-- run: the spec tables run this text on Apache Spark 4.3
/* The identifiers behind some of the store's person numbers. */
SELECT
  persons.person_key,
  persons.person_id
FROM persons
INNER JOIN asked_keys
  ON asked_keys.person_key = persons.person_key
