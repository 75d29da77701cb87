-- generated, not run: nobody has tried this text on Databricks yet
/* The store's identifier behind a typed one: the identifier itself, or an NHS number. */
SELECT
  person_id
FROM people
WHERE
  nhs_number = :typed AND NOT person_id IS NULL
