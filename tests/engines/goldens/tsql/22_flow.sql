-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Everyone accounted for: attendances and people by the last filter they pass. */
WITH [walked] AS (
  SELECT
    [steps].[person_key] AS [person_key],
    CASE
      WHEN [steps].[arrival_datetime] IS NULL
      THEN 1
      WHEN [steps].[arrival_datetime] < @period_start
      OR [steps].[arrival_datetime] >= @as_of
      THEN 1
      ELSE [steps].[step]
    END AS [step]
  FROM [steps]
), [furthest] AS (
  SELECT
    [person_key] AS [person_key],
    MAX([step]) AS [step]
  FROM [walked]
  WHERE
    NOT [person_key] IS NULL
  GROUP BY
    [person_key]
), [rows_by_step] AS (
  SELECT
    [step] AS [step],
    COUNT_BIG(*) AS [attendances]
  FROM [walked]
  GROUP BY
    [step]
), [people_by_step] AS (
  SELECT
    [step] AS [step],
    COUNT_BIG(*) AS [people]
  FROM [furthest]
  GROUP BY
    [step]
)
SELECT
  [rows_by_step].[step],
  [rows_by_step].[attendances],
  COALESCE([people_by_step].[people], 0) AS [people]
FROM [rows_by_step]
LEFT JOIN [people_by_step]
  ON [people_by_step].[step] = [rows_by_step].[step]
