-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* How often everyone who may have been in a tier came in the year, hospital by hospital. */
SELECT
  [counts].[site_code],
  [counts].[person_key],
  [counts].[in_period] AS [attendances]
FROM [counts]
INNER JOIN [often]
  ON [often].[person_key] = [counts].[person_key]
