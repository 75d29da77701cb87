-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The day somebody moved away or left their practice's list, by the people table or the roster. */
WITH [told] AS (
  SELECT
    [asked].[person_key],
    DATEDIFF(DAY, CAST('1970-01-01' AS DATE), [people].[left_date]) AS [day_no]
  FROM [people]
  INNER JOIN [persons]
    ON [persons].[person_id] = [people].[person_id]
  LEFT JOIN [same_person]
    ON [same_person].[person_key] = [persons].[person_key]
  INNER JOIN [asked]
    ON [asked].[person_key] = COALESCE([same_person].[who], [persons].[person_key])
  WHERE
    NOT [people].[left_date] IS NULL
  UNION ALL
  SELECT
    [person_key],
    [moved_day] AS [day_no]
  FROM [starts]
  WHERE
    NOT [moved_day] IS NULL
)
SELECT
  [person_key],
  CAST(MIN([day_no]) AS INTEGER) AS [day_no]
FROM [told]
GROUP BY
  [person_key]
