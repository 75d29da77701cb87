-- run: the spec tables run this text on Apache Spark 4.3
/* The people of those rows, each once. */
SELECT DISTINCT
  person_key
FROM followed
