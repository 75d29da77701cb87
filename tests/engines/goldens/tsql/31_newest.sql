-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The newest attendance of each site in the 12 months, whatever its kind: is its data still coming? */
SELECT
  [site_code],
  MAX([arrival_datetime]) AS [newest]
FROM [attendances]
WHERE
  [arrival_datetime] >= @earliest
  AND [arrival_datetime] < @as_of
  AND NOT [site_code] IS NULL
  AND (
    @any_site = 1 OR [site_code] IN (@sites)
  )
GROUP BY
  [site_code]
