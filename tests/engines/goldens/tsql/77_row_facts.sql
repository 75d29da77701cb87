-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The rows with what is known of their people on the list date. */
SELECT
  [followed].[row_no],
  [followed].[site_code],
  [followed].[list_no],
  [followed].[person_key],
  [followed].[place],
  [followed].[list_day],
  [followed].[index_day],
  [followed].[end_day],
  [followed].[role],
  [births].[born_month],
  [births].[born_day],
  COALESCE([sexes].[female], 0) AS [female],
  [flags].[flag]
FROM [followed]
LEFT JOIN [births]
  ON [births].[person_key] = [followed].[person_key]
LEFT JOIN [sexes]
  ON [sexes].[person_key] = [followed].[person_key]
LEFT JOIN [flags]
  ON [flags].[person_key] = [followed].[person_key]
ORDER BY
  CASE WHEN [followed].[row_no] IS NULL THEN 1 ELSE 0 END, [followed].[row_no]
