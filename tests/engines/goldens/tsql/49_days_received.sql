-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* How many rows each day holds of each dataset and site. */
SELECT
  [dataset],
  [site_code],
  CAST([moment] AS DATE) AS [day],
  COUNT_BIG(*) AS [rows_received]
FROM [received]
GROUP BY
  [dataset],
  [site_code],
  CAST([moment] AS DATE)
ORDER BY
  CASE WHEN [dataset] IS NULL THEN 1 ELSE 0 END, [dataset],
  CASE WHEN [site_code] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [site_code] COLLATE Latin1_General_100_BIN2_UTF8,
  CASE WHEN CAST([moment] AS DATE) IS NULL THEN 1 ELSE 0 END, CAST([moment] AS DATE)
