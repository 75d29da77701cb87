-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* From when on attendances are known at all, within the two years. */
SELECT
  MIN([arrival_datetime]) AS [oldest]
FROM [attendances]
WHERE
  [arrival_datetime] >= @since AND [arrival_datetime] < @as_of
