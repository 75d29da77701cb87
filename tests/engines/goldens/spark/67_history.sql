-- run: the spec tables run this text on Apache Spark 4.3
/* What each row's person had done before the list date: attendances in four spans of days, in the */
/* three calendar months before it and in the nine before those. */
SELECT
  followed.row_no,
  SUM(CASE WHEN v.day_no >= followed.list_day - 30 THEN v.attendances ELSE 0 END) AS days_0_30,
  SUM(
    CASE
      WHEN v.day_no < followed.list_day - 30 AND v.day_no >= followed.list_day - 90
      THEN v.attendances
      ELSE 0
    END
  ) AS days_30_90,
  SUM(
    CASE
      WHEN v.day_no < followed.list_day - 90 AND v.day_no >= followed.list_day - 180
      THEN v.attendances
      ELSE 0
    END
  ) AS days_90_180,
  SUM(
    CASE
      WHEN v.day_no < followed.list_day - 180 AND v.day_no >= followed.list_day - 365
      THEN v.attendances
      ELSE 0
    END
  ) AS days_180_365,
  SUM(CASE WHEN v.day_no >= list_dates.three_before THEN v.attendances ELSE 0 END) AS recent3,
  SUM(
    CASE
      WHEN v.day_no < list_dates.three_before AND v.day_no >= list_dates.twelve_before
      THEN v.attendances
      ELSE 0
    END
  ) AS earlier9
FROM followed
INNER JOIN list_dates
  ON list_dates.site_code = followed.site_code
  AND list_dates.list_no = followed.list_no
INNER JOIN visit_days AS v
  ON v.person_key = followed.person_key
  AND v.day_no < followed.list_day
  AND v.day_no >= followed.list_day - 366
GROUP BY
  followed.row_no
ORDER BY
  followed.row_no NULLS LAST
