-- run: the spec tables run this text on PostgreSQL 18
/* The rows of the evaluation: clients from their start of support, everybody else from the list */
/* date plus the median wait of the site's clients; until death, a move or the cut. Whoever was no */
/* longer there on the first day is left out. */
WITH begun AS (
  SELECT
    list_rows.site_code,
    list_rows.list_no,
    list_rows.person_key,
    list_rows.place,
    list_rows.list_day,
    list_rows.role,
    CASE
      WHEN list_rows.role = 'client'
      THEN list_rows.start_day
      ELSE list_rows.list_day + site_lags.lag
    END AS index_day,
    LEAST(
      COALESCE(deaths.day_no, site_lags.cut_day),
      COALESCE(moves.day_no, site_lags.cut_day),
      site_lags.cut_day
    ) AS end_day
  FROM list_rows
  INNER JOIN site_lags
    ON site_lags.site_code = list_rows.site_code
  LEFT JOIN deaths
    ON deaths.person_key = list_rows.person_key
  LEFT JOIN moves
    ON moves.person_key = list_rows.person_key
  WHERE
    list_rows.role <> 'elsewhere'
)
SELECT
  CAST(ROW_NUMBER() OVER (ORDER BY site_code COLLATE "C", list_no, place) AS INT) AS row_no,
  begun.*
FROM begun
WHERE
  index_day < end_day
