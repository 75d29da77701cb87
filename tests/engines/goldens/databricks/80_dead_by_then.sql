-- generated, not run: nobody has tried this text on Databricks yet
/* Who had died by the end of the year. */
SELECT
  person_key
FROM deaths_known
WHERE
  died_at < :as_of
