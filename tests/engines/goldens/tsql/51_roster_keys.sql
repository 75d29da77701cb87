-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The store's person keys behind each identifier of the roster: the identifier itself, or the NHS */
/* number that the people table knows for a pseudonym. */
WITH [known] AS (
  SELECT
    [roster_ids].[roster_no],
    [persons].[person_key]
  FROM [roster_ids]
  INNER JOIN [persons]
    ON [persons].[person_id] = [roster_ids].[person_id]
  UNION
  SELECT
    [roster_ids].[roster_no],
    [persons].[person_key]
  FROM [roster_ids]
  INNER JOIN [people]
    ON [people].[nhs_number] = [roster_ids].[person_id]
  INNER JOIN [persons]
    ON [persons].[person_id] = [people].[person_id]
)
SELECT DISTINCT
  [known].[roster_no],
  COALESCE([same_person].[who], [known].[person_key]) AS [person_key]
FROM [known]
LEFT JOIN [same_person]
  ON [same_person].[person_key] = [known].[person_key]
ORDER BY
  CASE WHEN [known].[roster_no] IS NULL THEN 1 ELSE 0 END, [known].[roster_no]
