-- generated, not run: nobody has tried this text on Databricks yet
/* The people of those rows, each once. */
SELECT DISTINCT
  person_key
FROM followed
