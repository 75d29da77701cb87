-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Each reference of the caseload once, with how many keys the store has for it and how many of */
/* them are its own. */
SELECT
  [asked].[person_ref],
  COUNT_BIG(DISTINCT [caseload_keys].[person_key]) AS [keys],
  COUNT_BIG(DISTINCT [clients].[person_key]) AS [own_keys]
FROM (
  SELECT DISTINCT
    [person_ref] AS [person_ref]
  FROM [caseload]
) AS [asked]
LEFT JOIN [caseload_keys]
  ON [caseload_keys].[person_ref] = [asked].[person_ref]
LEFT JOIN [clients]
  ON [clients].[person_ref] = [asked].[person_ref]
GROUP BY
  [asked].[person_ref]
ORDER BY
  CASE WHEN [asked].[person_ref] IS NULL THEN 1 ELSE 0 END, [asked].[person_ref]
