-- generated, not run: nobody has tried this text on Databricks yet
/* Everybody in the user's frames; there the key is the identifier. */
SELECT
  person_key,
  person_key AS person_id
FROM attendances
WHERE
  NOT person_key IS NULL
UNION
SELECT
  person_key,
  person_key AS person_id
FROM admissions
WHERE
  NOT person_key IS NULL
UNION
SELECT
  person_key,
  person_key AS person_id
FROM ambulance
WHERE
  NOT person_key IS NULL
UNION
SELECT
  person_key,
  person_key AS person_id
FROM calls_111
WHERE
  NOT person_key IS NULL
