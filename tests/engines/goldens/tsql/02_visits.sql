-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The attendances that count, from the start of the period the rules look at. */
SELECT
  [steps].*
FROM [steps]
WHERE
  [steps].[step] = 99
  AND [steps].[arrival_datetime] >= @period_start
  AND [steps].[arrival_datetime] < @as_of
