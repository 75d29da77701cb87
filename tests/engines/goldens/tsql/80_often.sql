-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Everyone who may have been in a tier at all: whoever came often enough in the two years, repeats */
/* and what does not count among it. Counting them alone is quicker, and nobody else can be in one. */
SELECT
  [person_key]
FROM [attendances]
WHERE
  NOT [person_key] IS NULL
  AND [arrival_datetime] >= @earliest
  AND [arrival_datetime] < @as_of
GROUP BY
  [person_key]
HAVING
  COUNT_BIG(*) >= @least
