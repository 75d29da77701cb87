-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Everyone of whom more is to be known: who was in a tier in either year, or at some time between. */
SELECT
  [person_key]
FROM [reached_now]
UNION
SELECT
  [person_key]
FROM [reached_before]
UNION
SELECT
  [person_key]
FROM [busy]
