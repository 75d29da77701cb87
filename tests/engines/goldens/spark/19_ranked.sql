-- run: the spec tables run this text on Apache Spark 4.3
/* The rank: most attendances in the window, then the latest arrival, then the identifier. */
SELECT
  list_id,
  person_key,
  person_id,
  in_window,
  ROW_NUMBER() OVER (
    PARTITION BY list_id
    ORDER BY in_window DESC, last_arrival DESC, person_id ASC NULLS LAST
  ) AS place
FROM contenders
