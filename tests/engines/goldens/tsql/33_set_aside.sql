-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Why the people asked about are set aside, if they are. */
SELECT
  [asked].[person_id],
  MIN([exclusions].[reason]) AS [reason]
FROM [asked]
LEFT JOIN [people]
  ON [people].[person_id] = [asked].[person_id]
INNER JOIN [exclusions]
  ON [exclusions].[person_id] = [asked].[person_id]
  OR [exclusions].[person_id] = [people].[nhs_number]
WHERE
  [exclusions].[until] IS NULL OR [exclusions].[until] >= @as_of_date
GROUP BY
  [asked].[person_id]
