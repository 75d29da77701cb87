-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Lines of the exclusions file that match nobody. */
SELECT
  COUNT_BIG(*) AS [lines]
FROM [exclusions]
LEFT JOIN [persons]
  ON [persons].[person_id] = [exclusions].[person_id]
LEFT JOIN [people]
  ON [people].[nhs_number] = [exclusions].[person_id]
WHERE
  [persons].[person_id] IS NULL AND [people].[nhs_number] IS NULL
