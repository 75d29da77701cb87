-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Everyone who could have been in a tier in any 12 months of the two years. */
SELECT
  [person_key]
FROM [counts]
GROUP BY
  [person_key]
HAVING
  SUM([in_period]) >= @least
