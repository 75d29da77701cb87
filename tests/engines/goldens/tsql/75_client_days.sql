-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The attendances of clients from the start of support to the end of what can be seen, day by day. */
SELECT
  [followed].[row_no],
  [v].[day_no],
  [v].[attendances]
FROM [followed]
INNER JOIN [visit_days] AS [v]
  ON [v].[person_key] = [followed].[person_key]
  AND [v].[day_no] >= [followed].[index_day]
  AND [v].[day_no] < [followed].[end_day]
WHERE
  [followed].[role] = 'client'
ORDER BY
  CASE WHEN [followed].[row_no] IS NULL THEN 1 ELSE 0 END, [followed].[row_no],
  CASE WHEN [v].[day_no] IS NULL THEN 1 ELSE 0 END, [v].[day_no]
