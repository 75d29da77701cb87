-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Age, sex and deprivation of the people listed, from their latest attendance in the year. Where that */
/* one tells no age, another of the year that made them of an age to be listed does. */
WITH [latest] AS (
  SELECT
    [person_key] AS [person_key],
    COALESCE([birth_date], MAX([birth_date]) OVER (PARTITION BY [person_key])) AS [birth_date],
    COALESCE([age], MAX([age]) OVER (PARTITION BY [person_key])) AS [age],
    [sex] AS [sex],
    [ethnic_category] AS [ethnic_category],
    [imd_decile] AS [imd_decile],
    ROW_NUMBER() OVER (
      PARTITION BY [person_key]
      ORDER BY [arrival_datetime] DESC, CASE WHEN [site_code] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [site_code] COLLATE Latin1_General_100_BIN2_UTF8 ASC, CASE WHEN [birth_date] IS NULL THEN 1 ELSE 0 END, [birth_date] ASC, CASE WHEN [age] IS NULL THEN 1 ELSE 0 END, [age] ASC, CASE WHEN [sex] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [sex] COLLATE Latin1_General_100_BIN2_UTF8 ASC, CASE WHEN [ethnic_category] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [ethnic_category] COLLATE Latin1_General_100_BIN2_UTF8 ASC, CASE WHEN [imd_decile] IS NULL THEN 1 ELSE 0 END, [imd_decile] ASC
    ) AS [place]
  FROM [of_candidates]
  WHERE
    [person_key] IN (
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
