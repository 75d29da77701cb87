-- generated, not run: nobody has tried this text on Databricks yet
/* How often the people asked about came, list by list. */
SELECT
  asked.person_id,
  attenders.list_id,
  attenders.in_window
FROM attenders
INNER JOIN asked
  ON asked.person_key = attenders.person_key
