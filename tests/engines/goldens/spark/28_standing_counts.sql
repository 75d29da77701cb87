-- run: the spec tables run this text on Apache Spark 4.3
/* How often the people asked about came, list by list. */
SELECT
  asked.person_id,
  attenders.list_id,
  attenders.in_window
FROM attenders
INNER JOIN asked
  ON asked.person_key = attenders.person_key
