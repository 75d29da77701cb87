-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Keys that stand for somebody who has another key too (the people table knows one NHS number for */
/* both): `who` is the key that stands for the person from here on. */
WITH [known] AS (
  SELECT
    [people].[nhs_number] AS [nhs_number],
    [persons].[person_key] AS [person_key],
    ROW_NUMBER() OVER (
      PARTITION BY [people].[nhs_number]
      ORDER BY CASE WHEN [persons].[person_id] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [persons].[person_id] COLLATE Latin1_General_100_BIN2_UTF8
    ) AS [place],
    ROW_NUMBER() OVER (
      PARTITION BY [persons].[person_key]
      ORDER BY CASE WHEN [people].[nhs_number] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [people].[nhs_number] COLLATE Latin1_General_100_BIN2_UTF8
    ) AS [number_of_key]
  FROM [people]
  INNER JOIN [persons]
    ON [persons].[person_id] = [people].[person_id]
  WHERE
    NOT [people].[nhs_number] IS NULL
)
SELECT
  [other].[person_key],
  [first_of].[person_key] AS [who]
FROM [known] AS [other]
INNER JOIN [known] AS [first_of]
  ON [first_of].[nhs_number] = [other].[nhs_number] AND [first_of].[place] = 1
WHERE
  [other].[number_of_key] = 1 AND [other].[person_key] <> [first_of].[person_key]
