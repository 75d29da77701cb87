-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The most attendances in any 30 days in a row of the window, counted from each attendance on. */
WITH [starts] AS (
  SELECT DISTINCT
    [list_id] AS [list_id],
    [person_key] AS [person_key],
    [arrival_datetime] AS [arrival_datetime],
    [day_number] AS [day_number]
  FROM [listed_moments]
  WHERE
    [in_window] = 1 AND @has_rolling = 1
), [runs] AS (
  SELECT
    [a].[list_id] AS [list_id],
    [a].[person_key] AS [person_key],
    [a].[arrival_datetime] AS [arrival_datetime],
    COUNT_BIG(*) AS [attendances]
  FROM [starts] AS [a]
  INNER JOIN [listed_moments] AS [b]
    ON [b].[list_id] = [a].[list_id]
    AND [b].[person_key] = [a].[person_key]
    AND [b].[in_window] = 1
    AND [b].[day_number] >= [a].[day_number]
    AND [b].[day_number] < [a].[day_number] + 30
    AND [b].[arrival_datetime] >= [a].[arrival_datetime]
  GROUP BY
    [a].[list_id],
    [a].[person_key],
    [a].[arrival_datetime]
)
SELECT
  [list_id],
  [person_key],
  MAX([attendances]) AS [attendances]
FROM [runs]
GROUP BY
  [list_id],
  [person_key]
