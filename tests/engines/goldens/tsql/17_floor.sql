-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The lowest count a listed person can have, list by list: whoever stands at or above it is */
/* ranked, so that a place on the list is a place among everybody. */
SELECT
  [cut].[list_id],
  MIN(
    CASE
      WHEN NOT [qualifiers].[in_window] IS NULL
      AND @has_top = 1
      AND [cut].[in_window] < [qualifiers].[in_window]
      THEN [cut].[in_window]
      WHEN NOT [qualifiers].[in_window] IS NULL
      THEN [qualifiers].[in_window]
      WHEN @has_top = 1
      THEN [cut].[in_window]
    END
  ) AS [in_window]
FROM [cut]
LEFT JOIN [qualifiers]
  ON [qualifiers].[list_id] = [cut].[list_id]
GROUP BY
  [cut].[list_id]
