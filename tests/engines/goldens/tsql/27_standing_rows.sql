-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The attendances of the people asked about, by the first filter that leaves each out. */
WITH [walked] AS (
  SELECT
    [asked].[person_id] AS [person_id],
    CASE
      WHEN [steps].[arrival_datetime] IS NULL
      THEN 1
      WHEN [steps].[arrival_datetime] < @period_start
      OR [steps].[arrival_datetime] >= @as_of
      THEN 1
      ELSE [steps].[step]
    END AS [step]
  FROM [steps]
  INNER JOIN [asked]
    ON [asked].[person_key] = [steps].[person_key]
)
SELECT
  [person_id],
  [step],
  COUNT_BIG(*) AS [attendances]
FROM [walked]
GROUP BY
  [person_id],
  [step]
