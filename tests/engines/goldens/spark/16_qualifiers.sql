-- run: the spec tables run this text on Apache Spark 4.3
/* The candidates whom a rule other than the top rule lists, each rule in a column of its own. */
SELECT
  candidates.list_id,
  candidates.person_key,
  candidates.in_window,
  CASE WHEN busiest.attendances >= :least_in_month THEN 1 ELSE 0 END AS by_month,
  CASE WHEN rolling.attendances >= :least_rolling THEN 1 ELSE 0 END AS by_rolling,
  CASE WHEN candidates.in_window >= :least_by_window THEN 1 ELSE 0 END AS by_window,
  CASE WHEN details.in_year >= :least_in_year THEN 1 ELSE 0 END AS by_year
FROM candidates
LEFT JOIN busiest
  ON busiest.list_id = candidates.list_id
  AND busiest.person_key = candidates.person_key
LEFT JOIN rolling
  ON rolling.list_id = candidates.list_id
  AND rolling.person_key = candidates.person_key
LEFT JOIN details
  ON details.list_id = candidates.list_id
  AND details.person_key = candidates.person_key
WHERE
  busiest.attendances >= :least_in_month
  OR rolling.attendances >= :least_rolling
  OR candidates.in_window >= :least_by_window
  OR details.in_year >= :least_in_year
