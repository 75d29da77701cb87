-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The rank: most attendances in the window, then the latest arrival, then the identifier. */
SELECT
  [list_id],
  [person_key],
  [person_id],
  [in_window],
  ROW_NUMBER() OVER (
    PARTITION BY [list_id]
    ORDER BY [in_window] DESC, [last_arrival] DESC, CASE WHEN [person_id] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [person_id] COLLATE Latin1_General_100_BIN2_UTF8 ASC
  ) AS [place]
FROM [contenders]
