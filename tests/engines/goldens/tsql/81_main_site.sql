-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The hospital where each of them came most in the year, and last where two are alike. */
WITH [ordered] AS (
  SELECT
    [counts].[person_key] AS [person_key],
    [counts].[site_code] AS [site_code],
    ROW_NUMBER() OVER (
      PARTITION BY [counts].[person_key]
      ORDER BY [counts].[in_period] DESC, [counts].[last_arrival] DESC, CASE WHEN [counts].[site_code] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [counts].[site_code] COLLATE Latin1_General_100_BIN2_UTF8 ASC
    ) AS [place]
  FROM [counts]
  INNER JOIN [reached]
    ON [reached].[person_key] = [counts].[person_key] AND [reached].[kind] = 'area'
)
SELECT
  [person_key],
  [site_code]
FROM [ordered]
WHERE
  [place] = 1
