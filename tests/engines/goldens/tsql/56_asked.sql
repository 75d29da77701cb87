-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Everybody of whom more has to be known: those who could stand on a list, and the roster. */
SELECT
  [person_key]
FROM [contenders]
UNION
SELECT
  [person_key]
FROM [starts]
