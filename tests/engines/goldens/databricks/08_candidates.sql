-- generated, not run: nobody has tried this text on Databricks yet
/* Everyone whom any rule could list; the month rules are worked out for these alone. */
SELECT
  attenders.list_id,
  attenders.person_key,
  attenders.in_window,
  attenders.last_arrival
FROM attenders
INNER JOIN cut
  ON cut.list_id = attenders.list_id
WHERE
  (
    :has_top AND attenders.in_window >= cut.in_window
  )
  OR attenders.in_window >= :least_in_window
  OR attenders.in_period >= :least_in_year
