-- generated, not run: nobody has tried this text on Databricks yet
/* The attendances of those alone who may be in a tier. */
SELECT
  steps_of_everyone.*
FROM steps_of_everyone
INNER JOIN often
  ON often.person_key = steps_of_everyone.person_key
