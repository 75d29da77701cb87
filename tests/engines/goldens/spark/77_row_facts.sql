-- run: the spec tables run this text on Apache Spark 4.3
/* The rows with what is known of their people on the list date. */
SELECT
  followed.row_no,
  followed.site_code,
  followed.list_no,
  followed.person_key,
  followed.place,
  followed.list_day,
  followed.index_day,
  followed.end_day,
  followed.role,
  births.born_month,
  births.born_day,
  COALESCE(sexes.female, 0) AS female,
  flags.flag
FROM followed
LEFT JOIN births
  ON births.person_key = followed.person_key
LEFT JOIN sexes
  ON sexes.person_key = followed.person_key
LEFT JOIN flags
  ON flags.person_key = followed.person_key
ORDER BY
  followed.row_no NULLS LAST
