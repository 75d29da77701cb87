-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Where each list is cut: the count of the person in the last place of the top rule. Where fewer */
/* people attended than the list has places, everyone with an attendance in the window is above it. */
WITH [histogram] AS (
  SELECT
    [list_id] AS [list_id],
    [in_window] AS [in_window],
    COUNT_BIG(*) AS [people]
  FROM [attenders]
  GROUP BY
    [list_id],
    [in_window]
), [running] AS (
  SELECT
    [list_id] AS [list_id],
    [in_window] AS [in_window],
    SUM([people]) OVER (
      PARTITION BY [list_id]
      ORDER BY [in_window] DESC
      rows BETWEEN UNBOUNDED preceding AND CURRENT ROW
    ) AS [at_or_above]
  FROM [histogram]
)
SELECT
  [list_id],
  MAX(
    CASE WHEN [at_or_above] >= @top_n AND [in_window] > 0 THEN [in_window] ELSE 1 END
  ) AS [in_window]
FROM [running]
GROUP BY
  [list_id]
