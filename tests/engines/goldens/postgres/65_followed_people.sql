-- run: the spec tables run this text on PostgreSQL 18
/* The people of those rows, each once. */
SELECT DISTINCT
  person_key
FROM followed
