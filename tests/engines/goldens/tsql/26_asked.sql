-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The people somebody asks about, with their key. */
SELECT
  [persons].[person_key],
  [persons].[person_id]
FROM [persons]
INNER JOIN [asked_ids]
  ON [asked_ids].[person_id] = [persons].[person_id]
