-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Who the listed people are and how to be in touch with them. */
SELECT
  [people].*
FROM [people]
WHERE
  [people].[person_id] IN (
    SELECT
      [person_id]
    FROM [listed]
  )
