-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The people of each tier by deprivation, age at the end of the year, sex, and whether they live in a */
/* priority ward. */
WITH [aged] AS (
  SELECT
    [levels].[kind] AS [kind],
    [levels].[unit] AS [unit],
    [levels].[tier] AS [tier],
    [known].[sex] AS [sex],
    CAST(FLOOR(CAST((
      [known].[imd_decile] + 1
    ) AS FLOAT) / 2.0) AS INTEGER) AS [quintile],
    CASE WHEN NOT [priority_lsoas].[code] IS NULL THEN 1 ELSE 0 END AS [in_priority],
    CASE
      WHEN [known].[birth_date] IS NULL
      THEN [known].[age]
      ELSE CAST(FLOOR(
        CAST((
          @as_of_number - (
            DATEPART(YEAR, [known].[birth_date]) * 10000 + DATEPART(MONTH, [known].[birth_date]) * 100 + DATEPART(DAY, [known].[birth_date])
          )
        ) AS FLOAT) / 10000.0
      ) AS INTEGER)
    END AS [age]
  FROM [levels]
  LEFT JOIN [known]
    ON [known].[person_key] = [levels].[person_key]
  LEFT JOIN [priority_lsoas]
    ON [priority_lsoas].[code] = [known].[lsoa]
), [banded] AS (
  SELECT
    [kind] AS [kind],
    [unit] AS [unit],
    [tier] AS [tier],
    [sex] AS [sex],
    [quintile] AS [quintile],
    [in_priority] AS [in_priority],
    CASE
      WHEN [age] IS NULL
      THEN -1
      WHEN [age] < 18
      THEN 0
      WHEN [age] < 30
      THEN 18
      WHEN [age] >= 80
      THEN 80
      ELSE CAST(FLOOR(CAST([age] AS FLOAT) / 10.0) * 10 AS INTEGER)
    END AS [age_from]
  FROM [aged]
)
SELECT
  [kind],
  [unit],
  [tier],
  [sex],
  [quintile],
  [in_priority],
  [age_from],
  COUNT_BIG(*) AS [people]
FROM [banded]
GROUP BY
  [kind],
  [unit],
  [tier],
  [sex],
  [quintile],
  [in_priority],
  [age_from]
ORDER BY
  CASE WHEN [kind] IS NULL THEN 1 ELSE 0 END, [kind],
  CASE WHEN [unit] IS NULL THEN 1 ELSE 0 END, [unit],
  CASE WHEN [tier] IS NULL THEN 1 ELSE 0 END, [tier],
  CASE WHEN [sex] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [sex] COLLATE Latin1_General_100_BIN2_UTF8,
  CASE WHEN [quintile] IS NULL THEN 1 ELSE 0 END, [quintile],
  CASE WHEN [in_priority] IS NULL THEN 1 ELSE 0 END, [in_priority],
  CASE WHEN [age_from] IS NULL THEN 1 ELSE 0 END, [age_from]
