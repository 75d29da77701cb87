-- run: the spec tables run this text on Apache Spark 4.3
/* Who had died by the end of the year. */
SELECT
  person_key
FROM deaths_known
WHERE
  died_at < :as_of
