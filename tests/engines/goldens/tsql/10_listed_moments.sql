-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The same, once for each list a candidate stands on. */
SELECT
  [candidates].[list_id],
  [moments].[person_key],
  [moments].[arrival_datetime],
  [moments].[by_ambulance],
  [moments].[admitted],
  CASE WHEN [moments].[arrival_datetime] >= @window_start THEN 1 ELSE 0 END AS [in_window],
  DATEPART(YEAR, [moments].[arrival_datetime]) * 12 + DATEPART(MONTH, [moments].[arrival_datetime]) AS [month_number],
  DATEDIFF(DAY, CAST('2000-01-01' AS DATE), CAST([moments].[arrival_datetime] AS DATE)) AS [day_number]
FROM [moments]
INNER JOIN [candidates]
  ON [candidates].[person_key] = [moments].[person_key]
  AND (
    [candidates].[list_id] = [moments].[site_code] OR [candidates].[list_id] = 'ALL'
  )
