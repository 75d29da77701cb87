-- run: the spec tables run this text on Apache Spark 4.3
/* Nights in hospital of each row's person in the same spans; a stay across a boundary is divided. */
WITH spans AS (
  SELECT
    followed.row_no,
    followed.index_day,
    GREATEST(nights.first_day, followed.index_day - 360) AS first_day,
    LEAST(nights.last_day, followed.end_day, followed.index_day + 360) AS last_day
  FROM followed
  INNER JOIN nights
    ON nights.person_key = followed.person_key
    AND nights.last_day > followed.index_day - 360
    AND nights.first_day < followed.end_day
    AND nights.first_day < followed.index_day + 360
), cut_up AS (
  SELECT
    row_no,
    LEAST(last_day, index_day + 90) - GREATEST(first_day, index_day) AS g0,
    LEAST(last_day, index_day + 180) - GREATEST(first_day, index_day + 90) AS g1,
    LEAST(last_day, index_day + 270) - GREATEST(first_day, index_day + 180) AS g2,
    last_day - GREATEST(first_day, index_day + 270) AS g3,
    LEAST(last_day, index_day) - GREATEST(first_day, index_day - 90) AS b90,
    LEAST(last_day, index_day) - first_day AS b360
  FROM spans
)
SELECT
  row_no,
  'bed_days' AS outcome,
  SUM(CASE WHEN g0 > 0 THEN g0 ELSE 0 END) AS days_0_90,
  SUM(CASE WHEN g1 > 0 THEN g1 ELSE 0 END) AS days_90_180,
  SUM(CASE WHEN g2 > 0 THEN g2 ELSE 0 END) AS days_180_270,
  SUM(CASE WHEN g3 > 0 THEN g3 ELSE 0 END) AS days_270_360,
  SUM(CASE WHEN b90 > 0 THEN b90 ELSE 0 END) AS before_90,
  SUM(CASE WHEN b360 > 0 THEN b360 ELSE 0 END) AS before_360
FROM cut_up
GROUP BY
  row_no
ORDER BY
  row_no NULLS LAST
