-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Clients of whom the people table knows that they died before the as-of date. */
SELECT DISTINCT
  [clients].[person_ref]
FROM [clients]
INNER JOIN [persons]
  ON [persons].[person_key] = [clients].[person_key]
INNER JOIN [people]
  ON [people].[person_id] = [persons].[person_id]
WHERE
  [people].[death_date] < @as_of
