-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Who had died by the end of the year. */
SELECT
  [person_key]
FROM [deaths_known]
WHERE
  [died_at] < @as_of
