-- generated, not run: nobody has tried this text on Databricks yet
/* The identifiers behind some of the store's person numbers. */
SELECT
  persons.person_key,
  persons.person_id
FROM persons
INNER JOIN asked_keys
  ON asked_keys.person_key = persons.person_key
