-- run: the spec tables run this text on Apache Spark 4.3
/* What happened to each row's person: in the four spans of 90 days from the first day of follow-up */
/* while they were there, and in the 90 and 360 days before it. */
SELECT
  followed.row_no,
  e.outcome,
  SUM(
    CASE
      WHEN e.day_no >= followed.index_day AND e.day_no < followed.index_day + 90
      THEN e.events
      ELSE 0
    END
  ) AS days_0_90,
  SUM(
    CASE
      WHEN e.day_no >= followed.index_day + 90 AND e.day_no < followed.index_day + 180
      THEN e.events
      ELSE 0
    END
  ) AS days_90_180,
  SUM(
    CASE
      WHEN e.day_no >= followed.index_day + 180 AND e.day_no < followed.index_day + 270
      THEN e.events
      ELSE 0
    END
  ) AS days_180_270,
  SUM(CASE WHEN e.day_no >= followed.index_day + 270 THEN e.events ELSE 0 END) AS days_270_360,
  SUM(
    CASE
      WHEN e.day_no < followed.index_day AND e.day_no >= followed.index_day - 90
      THEN e.events
      ELSE 0
    END
  ) AS before_90,
  SUM(CASE WHEN e.day_no < followed.index_day THEN e.events ELSE 0 END) AS before_360
FROM followed
INNER JOIN event_days AS e
  ON e.person_key = followed.person_key
  AND e.day_no >= followed.index_day - 360
  AND e.day_no < followed.index_day + 360
  AND e.day_no < followed.end_day
GROUP BY
  followed.row_no,
  e.outcome
ORDER BY
  followed.row_no NULLS LAST,
  e.outcome NULLS LAST
