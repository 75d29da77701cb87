-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* People set aside by name, with a reason, for as long as the reason holds. */
SELECT DISTINCT
  [persons].[person_key]
FROM [exclusions]
INNER JOIN [persons]
  ON [persons].[person_id] = [exclusions].[person_id]
WHERE
  [exclusions].[until] IS NULL OR [exclusions].[until] >= @as_of_date
