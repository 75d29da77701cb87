-- generated, not run: nobody has tried this text on Databricks yet
/* The people somebody asks about; in a frame the key is the identifier. */
SELECT
  person_id AS person_key,
  person_id
FROM asked_ids
