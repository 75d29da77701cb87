-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* How many people of each tier have which number of attendances, emergency admissions, short stays */
/* and bed days: everything that Table One tells, without anybody in it. */
WITH [each_person] AS (
  SELECT
    [levels].[kind] AS [kind],
    [levels].[unit] AS [unit],
    [levels].[tier] AS [tier],
    [levels].[attendances] AS [attendances],
    COALESCE([in_hospital].[admissions], 0) AS [admissions],
    COALESCE([in_hospital].[short_stays], 0) AS [short_stays],
    COALESCE([in_hospital].[bed_days], 0) AS [bed_days]
  FROM [levels]
  LEFT JOIN [in_hospital]
    ON [in_hospital].[person_key] = [levels].[person_key]
), [told] AS (
  SELECT
    [kind],
    [unit],
    [tier],
    'attendances' AS [measure],
    [attendances] AS [value]
  FROM [each_person]
  UNION ALL
  SELECT
    [kind],
    [unit],
    [tier],
    'emergency_admissions' AS [measure],
    [admissions] AS [value]
  FROM [each_person]
  UNION ALL
  SELECT
    [kind],
    [unit],
    [tier],
    'short_stays' AS [measure],
    [short_stays] AS [value]
  FROM [each_person]
  UNION ALL
  SELECT
    [kind],
    [unit],
    [tier],
    'bed_days' AS [measure],
    [bed_days] AS [value]
  FROM [each_person]
)
SELECT
  [kind],
  [unit],
  [tier],
  [measure],
  [value],
  COUNT_BIG(*) AS [people]
FROM [told]
GROUP BY
  [kind],
  [unit],
  [tier],
  [measure],
  [value]
ORDER BY
  CASE WHEN [kind] IS NULL THEN 1 ELSE 0 END, [kind],
  CASE WHEN [unit] IS NULL THEN 1 ELSE 0 END, [unit],
  CASE WHEN [tier] IS NULL THEN 1 ELSE 0 END, [tier],
  CASE WHEN [measure] IS NULL THEN 1 ELSE 0 END, [measure],
  CASE WHEN [value] IS NULL THEN 1 ELSE 0 END, [value]
