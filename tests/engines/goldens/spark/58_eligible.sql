-- run: the spec tables run this text on Apache Spark 4.3
/* The contenders who were adults, alive and registered on the list date. `started`: 1 where support */
/* had started before, at whichever site. */
SELECT
  contenders.site_code,
  contenders.list_no,
  contenders.person_key,
  contenders.in_three,
  CASE WHEN starts.start_day < list_dates.list_day THEN 1 ELSE 0 END AS started
FROM contenders
INNER JOIN list_dates
  ON list_dates.site_code = contenders.site_code
  AND list_dates.list_no = contenders.list_no
LEFT JOIN births
  ON births.person_key = contenders.person_key
LEFT JOIN deaths
  ON deaths.person_key = contenders.person_key
LEFT JOIN moves
  ON moves.person_key = contenders.person_key
LEFT JOIN starts
  ON starts.person_key = contenders.person_key
LEFT JOIN out_of_area
  ON out_of_area.person_key = contenders.person_key
WHERE
  (
    deaths.day_no IS NULL OR deaths.day_no > list_dates.list_day
  )
  AND (
    moves.day_no IS NULL OR moves.day_no > list_dates.list_day
  )
  AND out_of_area.person_key IS NULL
  AND (
    :any_age
    OR births.born_month * 32 + births.born_day <= (
      list_dates.list_no - 12 * :youngest
    ) * 32 + 1
  )
