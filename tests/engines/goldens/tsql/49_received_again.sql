-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Rows of a month that stand in the month before as well: the same person, site and minute of the */
/* day under another date. Few do by chance; of a month that was sent twice all do. */
WITH [marked] AS (
  SELECT DISTINCT
    [dataset] AS [dataset],
    [site_code] AS [site_code],
    [person_key] AS [person_key],
    DATEPART(YEAR, [moment]) * 12 + DATEPART(MONTH, [moment]) AS [month_number],
    DATEPART(HOUR, [moment]) * 60 + DATEPART(MINUTE, [moment]) AS [minute_of_day]
  FROM [received]
  WHERE
    NOT [person_key] IS NULL
)
SELECT
  [later].[dataset],
  [later].[site_code],
  [later].[month_number],
  COUNT_BIG(*) AS [again]
FROM [marked] AS [later]
INNER JOIN [marked] AS [earlier]
  ON [earlier].[dataset] = [later].[dataset]
  AND [earlier].[site_code] = [later].[site_code]
  AND [earlier].[person_key] = [later].[person_key]
  AND [earlier].[minute_of_day] = [later].[minute_of_day]
  AND [earlier].[month_number] = [later].[month_number] - 1
GROUP BY
  [later].[dataset],
  [later].[site_code],
  [later].[month_number]
ORDER BY
  CASE WHEN [later].[dataset] IS NULL THEN 1 ELSE 0 END, [later].[dataset],
  CASE WHEN [later].[site_code] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [later].[site_code] COLLATE Latin1_General_100_BIN2_UTF8,
  CASE WHEN [later].[month_number] IS NULL THEN 1 ELSE 0 END, [later].[month_number]
