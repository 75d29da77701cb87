-- run: the spec tables run this text on PostgreSQL 18
/* How many people stood at each count of the three months, list by list, and how many of them had */
/* not started support. */
SELECT
  site_code,
  list_no,
  in_three,
  COUNT(*) AS people,
  COUNT(CASE WHEN started = 0 THEN 1 END) AS not_started
FROM eligible
GROUP BY
  site_code,
  list_no,
  in_three
