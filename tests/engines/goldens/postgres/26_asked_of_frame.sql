-- run: the spec tables run this text on PostgreSQL 18
/* The people somebody asks about; in a frame the key is the identifier. */
SELECT
  person_id AS person_key,
  person_id
FROM asked_ids
