-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The identifiers behind some of the store's person numbers. */
SELECT
  [persons].[person_key],
  [persons].[person_id]
FROM [persons]
INNER JOIN [asked_keys]
  ON [asked_keys].[person_key] = [persons].[person_key]
