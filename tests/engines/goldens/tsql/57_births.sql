-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* When people were born: by the people table, else by their attendances; where only ages in whole */
/* years were recorded, the latest month that agrees with all of them. Null: nobody recorded it. */
WITH [told] AS (
  SELECT
    [asked].[person_key],
    [people].[birth_date],
    1 AS [by_people],
    CAST(NULL AS INTEGER) AS [born_month]
  FROM [people]
  INNER JOIN [persons]
    ON [persons].[person_id] = [people].[person_id]
  LEFT JOIN [same_person]
    ON [same_person].[person_key] = [persons].[person_key]
  INNER JOIN [asked]
    ON [asked].[person_key] = COALESCE([same_person].[who], [persons].[person_key])
  WHERE
    NOT [people].[birth_date] IS NULL
  UNION ALL
  SELECT
    [asked].[person_key],
    [a].[birth_date],
    0 AS [by_people],
    CAST(DATEPART(YEAR, [a].[arrival_datetime]) * 12 + DATEPART(MONTH, [a].[arrival_datetime]) - 12 * [a].[age] AS INTEGER) AS [born_month]
  FROM [attendances] AS [a]
  LEFT JOIN [same_person]
    ON [same_person].[person_key] = [a].[person_key]
  INNER JOIN [asked]
    ON [asked].[person_key] = COALESCE([same_person].[who], [a].[person_key])
  WHERE
    NOT [a].[birth_date] IS NULL OR NOT [a].[age] IS NULL
), [gathered] AS (
  SELECT
    [person_key] AS [person_key],
    COALESCE(
      MAX(CASE WHEN [by_people] = 1 THEN [birth_date] END),
      MAX(CASE WHEN [by_people] = 0 THEN [birth_date] END)
    ) AS [birth_date],
    MIN([born_month]) AS [born_month]
  FROM [told]
  GROUP BY
    [person_key]
)
SELECT
  [person_key],
  [birth_date],
  CAST(COALESCE(DATEPART(YEAR, [birth_date]) * 12 + DATEPART(MONTH, [birth_date]), [born_month]) AS INTEGER) AS [born_month],
  CAST(COALESCE(DATEPART(DAY, [birth_date]), 1) AS INTEGER) AS [born_day]
FROM [gathered]
