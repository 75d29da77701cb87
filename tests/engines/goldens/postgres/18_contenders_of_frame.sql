-- run: the spec tables run this text on PostgreSQL 18
/* Everyone at or above the floor of their list; in a frame the key is the identifier. */
SELECT
  attenders.list_id,
  attenders.person_key,
  attenders.person_key AS person_id,
  attenders.in_window,
  attenders.last_arrival
FROM attenders
INNER JOIN floor_of_list
  ON floor_of_list.list_id = attenders.list_id
WHERE
  attenders.in_window >= floor_of_list.in_window
