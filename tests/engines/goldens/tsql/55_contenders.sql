-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Everyone with two or more attendances at a site in the three calendar months before a list date. */
SELECT
  [list_months].[site_code],
  [list_months].[list_no],
  [monthly].[person_key],
  CAST(SUM([monthly].[attendances]) AS INTEGER) AS [in_three]
FROM [monthly]
INNER JOIN [list_months]
  ON [list_months].[site_code] = [monthly].[site_code]
  AND [list_months].[month_no] = [monthly].[month_no]
GROUP BY
  [list_months].[site_code],
  [list_months].[list_no],
  [monthly].[person_key]
HAVING
  SUM([monthly].[attendances]) >= 2
