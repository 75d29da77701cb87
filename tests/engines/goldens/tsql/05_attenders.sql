-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* What each list ranks: a list for every site, and one across all of them. */
SELECT
  [site_code] AS [list_id],
  [person_key],
  [in_window],
  [in_period],
  [last_arrival]
FROM [counts]
WHERE
  @any_listed_site = 1 OR [site_code] IN (@listed_sites)
UNION ALL
SELECT
  'ALL' AS [list_id],
  [person_key],
  CAST(SUM([in_window]) AS BIGINT) AS [in_window],
  CAST(SUM([in_period]) AS BIGINT) AS [in_period],
  MAX([last_arrival]) AS [last_arrival]
FROM [counts]
WHERE
  @across_sites = 1
GROUP BY
  [person_key]
