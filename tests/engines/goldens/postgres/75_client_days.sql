-- run: the spec tables run this text on PostgreSQL 18
/* The attendances of clients from the start of support to the end of what can be seen, day by day. */
SELECT
  followed.row_no,
  v.day_no,
  v.attendances
FROM followed
INNER JOIN visit_days AS v
  ON v.person_key = followed.person_key
  AND v.day_no >= followed.index_day
  AND v.day_no < followed.end_day
WHERE
  followed.role = 'client'
ORDER BY
  followed.row_no,
  v.day_no
