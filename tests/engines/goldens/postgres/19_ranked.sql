-- run: the spec tables run this text on PostgreSQL 18
/* The rank: most attendances in the window, then the latest arrival, then the identifier. */
SELECT
  list_id,
  person_key,
  person_id,
  in_window,
  ROW_NUMBER() OVER (
    PARTITION BY list_id
    ORDER BY in_window DESC NULLS LAST, last_arrival DESC NULLS LAST, person_id COLLATE "C" ASC
  ) AS place
FROM contenders
