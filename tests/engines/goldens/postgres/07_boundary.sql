-- run: the spec tables run this text on PostgreSQL 18
/* The cut of each list with the numbers a reader needs to judge it. */
SELECT
  cut.list_id,
  cut.in_window AS cut_at,
  COUNT(CASE WHEN attenders.in_window = cut.in_window THEN 1 END) AS people_at_cut,
  COUNT(CASE WHEN attenders.in_window > cut.in_window THEN 1 END) AS people_above,
  COUNT(*) AS people
FROM cut
INNER JOIN attenders
  ON attenders.list_id = cut.list_id
GROUP BY
  cut.list_id,
  cut.in_window
ORDER BY
  cut.list_id COLLATE "C"
