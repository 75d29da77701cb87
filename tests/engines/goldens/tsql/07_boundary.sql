-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The cut of each list with the numbers a reader needs to judge it. */
SELECT
  [cut].[list_id],
  [cut].[in_window] AS [cut_at],
  COUNT_BIG(CASE WHEN [attenders].[in_window] = [cut].[in_window] THEN 1 END) AS [people_at_cut],
  COUNT_BIG(CASE WHEN [attenders].[in_window] > [cut].[in_window] THEN 1 END) AS [people_above],
  COUNT_BIG(*) AS [people]
FROM [cut]
INNER JOIN [attenders]
  ON [attenders].[list_id] = [cut].[list_id]
GROUP BY
  [cut].[list_id],
  [cut].[in_window]
ORDER BY
  CASE WHEN [cut].[list_id] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [cut].[list_id] COLLATE Latin1_General_100_BIN2_UTF8
