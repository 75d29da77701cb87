-- run: the spec tables run this text on Apache Spark 4.3
/* The people somebody asks about, with their key. */
SELECT
  persons.person_key,
  persons.person_id
FROM persons
INNER JOIN asked_ids
  ON asked_ids.person_id = persons.person_id
