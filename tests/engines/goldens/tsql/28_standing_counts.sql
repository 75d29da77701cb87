-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* How often the people asked about came, list by list. */
SELECT
  [asked].[person_id],
  [attenders].[list_id],
  [attenders].[in_window]
FROM [attenders]
INNER JOIN [asked]
  ON [asked].[person_key] = [attenders].[person_key]
