-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* What is known of them: by the people table, or else by their latest attendance that says it. Age, */
/* sex and deprivation are those of the latest attendance, as on the list. */
WITH [said] AS (
  SELECT
    [attendances].[person_key] AS [person_key],
    [attendances].[site_code] AS [site_code],
    [attendances].[arrival_datetime] AS [arrival_datetime],
    [attendances].[lsoa] AS [lsoa],
    [attendances].[gp_practice] AS [gp_practice],
    [attendances].[birth_date] AS [birth_date],
    [attendances].[age] AS [age],
    [attendances].[sex] AS [sex],
    [attendances].[imd_decile] AS [imd_decile]
  FROM [attendances]
  INNER JOIN [everyone]
    ON [everyone].[person_key] = [attendances].[person_key]
  WHERE
    [attendances].[arrival_datetime] >= @earliest
    AND [attendances].[arrival_datetime] < @as_of
), [latest] AS (
  SELECT
    [person_key] AS [person_key],
    MAX([arrival_datetime]) AS [seen_at],
    MAX(CASE WHEN NOT [lsoa] IS NULL THEN [arrival_datetime] END) AS [lived_at],
    MAX(CASE WHEN NOT [gp_practice] IS NULL THEN [arrival_datetime] END) AS [registered_at]
  FROM [said]
  GROUP BY
    [person_key]
), [facts] AS (
  SELECT
    [said].[person_key] AS [person_key],
    [said].[birth_date] AS [birth_date],
    [said].[age] AS [age],
    [said].[sex] AS [sex],
    [said].[imd_decile] AS [imd_decile],
    ROW_NUMBER() OVER (
      PARTITION BY [said].[person_key]
      ORDER BY CASE WHEN [said].[site_code] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [said].[site_code] COLLATE Latin1_General_100_BIN2_UTF8 ASC, CASE WHEN [said].[birth_date] IS NULL THEN 1 ELSE 0 END, [said].[birth_date] ASC, CASE WHEN [said].[age] IS NULL THEN 1 ELSE 0 END, [said].[age] ASC, CASE WHEN [said].[sex] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [said].[sex] COLLATE Latin1_General_100_BIN2_UTF8 ASC, CASE WHEN [said].[imd_decile] IS NULL THEN 1 ELSE 0 END, [said].[imd_decile] ASC
    ) AS [place]
  FROM [said]
  INNER JOIN [latest]
    ON [latest].[person_key] = [said].[person_key]
    AND [latest].[seen_at] = [said].[arrival_datetime]
), [homes] AS (
  SELECT
    [said].[person_key] AS [person_key],
    [said].[lsoa] AS [lsoa],
    ROW_NUMBER() OVER (
      PARTITION BY [said].[person_key]
      ORDER BY CASE WHEN [said].[lsoa] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [said].[lsoa] COLLATE Latin1_General_100_BIN2_UTF8 ASC
    ) AS [place]
  FROM [said]
  INNER JOIN [latest]
    ON [latest].[person_key] = [said].[person_key]
    AND [latest].[lived_at] = [said].[arrival_datetime]
  WHERE
    NOT [said].[lsoa] IS NULL
), [practices] AS (
  SELECT
    [said].[person_key] AS [person_key],
    [said].[gp_practice] AS [gp_practice],
    ROW_NUMBER() OVER (
      PARTITION BY [said].[person_key]
      ORDER BY CASE WHEN [said].[gp_practice] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [said].[gp_practice] COLLATE Latin1_General_100_BIN2_UTF8 ASC
    ) AS [place]
  FROM [said]
  INNER JOIN [latest]
    ON [latest].[person_key] = [said].[person_key]
    AND [latest].[registered_at] = [said].[arrival_datetime]
  WHERE
    NOT [said].[gp_practice] IS NULL
)
SELECT
  [facts].[person_key],
  COALESCE([people].[lsoa], [homes].[lsoa]) AS [lsoa],
  COALESCE([people].[gp_practice], [practices].[gp_practice]) AS [gp_practice],
  COALESCE([people].[birth_date], [facts].[birth_date]) AS [birth_date],
  [facts].[age],
  COALESCE([people].[sex], [facts].[sex]) AS [sex],
  COALESCE([people].[imd_decile], [facts].[imd_decile]) AS [imd_decile]
FROM [facts]
LEFT JOIN [homes]
  ON [homes].[person_key] = [facts].[person_key] AND [homes].[place] = 1
LEFT JOIN [practices]
  ON [practices].[person_key] = [facts].[person_key] AND [practices].[place] = 1
LEFT JOIN [persons]
  ON [persons].[person_key] = [facts].[person_key]
LEFT JOIN [people]
  ON [people].[person_id] = [persons].[person_id]
WHERE
  [facts].[place] = 1
