-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The rows of the evaluation: clients from their start of support, everybody else from the list */
/* date plus the median wait of the site's clients; until death, a move or the cut. Whoever was no */
/* longer there on the first day is left out. */
WITH [begun] AS (
  SELECT
    [list_rows].[site_code] AS [site_code],
    [list_rows].[list_no] AS [list_no],
    [list_rows].[person_key] AS [person_key],
    [list_rows].[place] AS [place],
    [list_rows].[list_day] AS [list_day],
    [list_rows].[role] AS [role],
    CASE
      WHEN [list_rows].[role] = 'client'
      THEN [list_rows].[start_day]
      ELSE [list_rows].[list_day] + [site_lags].[lag]
    END AS [index_day],
    LEAST(
      COALESCE([deaths].[day_no], [site_lags].[cut_day]),
      COALESCE([moves].[day_no], [site_lags].[cut_day]),
      [site_lags].[cut_day]
    ) AS [end_day]
  FROM [list_rows]
  INNER JOIN [site_lags]
    ON [site_lags].[site_code] = [list_rows].[site_code]
  LEFT JOIN [deaths]
    ON [deaths].[person_key] = [list_rows].[person_key]
  LEFT JOIN [moves]
    ON [moves].[person_key] = [list_rows].[person_key]
  WHERE
    [list_rows].[role] <> 'elsewhere'
)
SELECT
  CAST(ROW_NUMBER() OVER (
    ORDER BY CASE WHEN [site_code] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [site_code] COLLATE Latin1_General_100_BIN2_UTF8, CASE WHEN [list_no] IS NULL THEN 1 ELSE 0 END, [list_no], CASE WHEN [place] IS NULL THEN 1 ELSE 0 END, [place]
  ) AS INTEGER) AS [row_no],
  [begun].*
FROM [begun]
WHERE
  [index_day] < [end_day]
