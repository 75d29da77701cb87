-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* People set aside by name, with a reason, for as long as the reason holds. */
WITH [named] AS (
  SELECT
    [exclusions].[person_id],
    [exclusions].[until]
  FROM [exclusions]
  UNION ALL
  SELECT
    [people].[person_id],
    [exclusions].[until]
  FROM [exclusions]
  INNER JOIN [people]
    ON [people].[nhs_number] = [exclusions].[person_id]
)
SELECT DISTINCT
  [persons].[person_key]
FROM [named]
INNER JOIN [persons]
  ON [persons].[person_id] = [named].[person_id]
WHERE
  [named].[until] IS NULL OR [named].[until] >= @as_of_date
