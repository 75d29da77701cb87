-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Counted attendances per person, site and calendar month, at the sites of the roster. */
SELECT
  [moments].[site_code],
  [moments].[person_key],
  [moments].[month_no],
  CAST(COUNT_BIG(*) AS INTEGER) AS [attendances]
FROM [moments]
INNER JOIN [list_sites]
  ON [list_sites].[site_code] = [moments].[site_code]
GROUP BY
  [moments].[site_code],
  [moments].[person_key],
  [moments].[month_no]
