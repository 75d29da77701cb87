-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Up to when each site's attendances are known: one hospital can fall silent while others go on. */
SELECT
  [site_code],
  MAX([arrival_datetime]) AS [newest]
FROM [attendances]
WHERE
  [arrival_datetime] >= @since
  AND [arrival_datetime] < @as_of
  AND NOT [site_code] IS NULL
GROUP BY
  [site_code]
ORDER BY
  CASE WHEN [site_code] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [site_code] COLLATE Latin1_General_100_BIN2_UTF8
