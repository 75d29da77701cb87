-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The most attendances in one calendar month of the window, and the month it was. */
WITH [monthly] AS (
  SELECT
    [list_id] AS [list_id],
    [person_key] AS [person_key],
    [month_number] AS [month_number],
    COUNT_BIG(*) AS [attendances]
  FROM [listed_moments]
  WHERE
    [in_window] = 1
  GROUP BY
    [list_id],
    [person_key],
    [month_number]
), [ordered] AS (
  SELECT
    [list_id] AS [list_id],
    [person_key] AS [person_key],
    [month_number] AS [month_number],
    [attendances] AS [attendances],
    ROW_NUMBER() OVER (
      PARTITION BY [list_id], [person_key]
      ORDER BY [attendances] DESC, [month_number] DESC
    ) AS [place]
  FROM [monthly]
)
SELECT
  [list_id],
  [person_key],
  [month_number],
  [attendances]
FROM [ordered]
WHERE
  [place] = 1
