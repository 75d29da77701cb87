-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Age, sex and deprivation of the people listed, from their latest attendance in the year. */
WITH [latest] AS (
  SELECT
    [steps].[person_key] AS [person_key],
    [steps].[birth_date] AS [birth_date],
    [steps].[age] AS [age],
    [steps].[sex] AS [sex],
    [steps].[ethnic_category] AS [ethnic_category],
    [steps].[imd_decile] AS [imd_decile],
    ROW_NUMBER() OVER (
      PARTITION BY [steps].[person_key]
      ORDER BY [steps].[arrival_datetime] DESC, CASE WHEN [steps].[site_code] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [steps].[site_code] COLLATE Latin1_General_100_BIN2_UTF8 ASC, CASE WHEN [steps].[birth_date] IS NULL THEN 1 ELSE 0 END, [steps].[birth_date] ASC, CASE WHEN [steps].[age] IS NULL THEN 1 ELSE 0 END, [steps].[age] ASC, CASE WHEN [steps].[sex] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [steps].[sex] COLLATE Latin1_General_100_BIN2_UTF8 ASC, CASE WHEN [steps].[imd_decile] IS NULL THEN 1 ELSE 0 END, [steps].[imd_decile] ASC
    ) AS [place]
  FROM [steps]
  WHERE
    [steps].[arrival_datetime] >= @year_start
    AND [steps].[arrival_datetime] < @as_of
    AND [steps].[person_key] IN (
      SELECT
        [person_key]
      FROM [listed]
    )
)
SELECT
  [person_key],
  [birth_date],
  [age],
  [sex],
  [ethnic_category],
  [imd_decile]
FROM [latest]
WHERE
  [place] = 1
