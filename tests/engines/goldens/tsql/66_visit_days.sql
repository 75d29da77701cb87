-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Their counted attendances day by day, at every hospital in the store. */
SELECT
  [moments].[person_key],
  [moments].[day_no],
  CAST(COUNT_BIG(*) AS INTEGER) AS [attendances],
  CAST(SUM([moments].[by_ambulance]) AS INTEGER) AS [by_ambulance]
FROM [moments]
INNER JOIN [followed_people]
  ON [followed_people].[person_key] = [moments].[person_key]
GROUP BY
  [moments].[person_key],
  [moments].[day_no]
