-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* What the list says of each candidate's attendances. Where none lies in the window (a rule over */
/* 12 months listed them), first and last are those of the 12 months. */
SELECT
  [list_id],
  [person_key],
  COUNT_BIG(CASE WHEN [arrival_datetime] >= @year_start THEN 1 END) AS [in_year],
  COUNT_BIG(CASE WHEN [in_window] = 1 THEN 1 END) AS [in_window],
  COUNT_BIG(CASE WHEN [in_window] = 1 AND [by_ambulance] = 1 THEN 1 END) AS [by_ambulance],
  COUNT_BIG(CASE WHEN [in_window] = 1 AND [admitted] = 1 THEN 1 END) AS [admitted],
  COALESCE(
    MIN(CASE WHEN [in_window] = 1 THEN [arrival_datetime] END),
    MIN([arrival_datetime])
  ) AS [first_arrival],
  MAX([arrival_datetime]) AS [last_arrival]
FROM [listed_moments]
GROUP BY
  [list_id],
  [person_key]
