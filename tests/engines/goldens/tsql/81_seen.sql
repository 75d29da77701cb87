-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Everyone who came in the year, and how often: at each hospital and in the area. */
SELECT
  'site' AS [kind],
  [site_code] AS [unit],
  COUNT_BIG(*) AS [people],
  CAST(SUM([in_period]) AS BIGINT) AS [attendances]
FROM [counts]
GROUP BY
  [site_code]
UNION ALL
SELECT
  'area' AS [kind],
  'ALL' AS [unit],
  COUNT_BIG(DISTINCT [person_key]) AS [people],
  CAST(SUM([in_period]) AS BIGINT) AS [attendances]
FROM [counts]
