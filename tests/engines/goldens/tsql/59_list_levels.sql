-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* How many people stood at each count of the three months, list by list, and how many of them had */
/* not started support. */
SELECT
  [site_code],
  [list_no],
  [in_three],
  COUNT_BIG(*) AS [people],
  COUNT_BIG(CASE WHEN [started] = 0 THEN 1 END) AS [not_started]
FROM [eligible]
GROUP BY
  [site_code],
  [list_no],
  [in_three]
