-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Rows per person and site, before repeats of the same attendance are taken out. */
SELECT
  [site_code],
  [person_key],
  COUNT_BIG(CASE WHEN [arrival_datetime] >= @window_start THEN 1 END) AS [in_window],
  COUNT_BIG(*) AS [in_period],
  MAX([arrival_datetime]) AS [last_arrival]
FROM [visits]
GROUP BY
  [site_code],
  [person_key]
