-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The attendances of those alone who may be in a tier. */
SELECT
  [steps_of_everyone].*
FROM [steps_of_everyone]
INNER JOIN [often]
  ON [often].[person_key] = [steps_of_everyone].[person_key]
