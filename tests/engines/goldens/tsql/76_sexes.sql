-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Whether the followed people are women: by the people table, else by most of their attendances. */
WITH [told] AS (
  SELECT
    [followed_people].[person_key],
    [people].[sex],
    1 AS [by_people]
  FROM [people]
  INNER JOIN [persons]
    ON [persons].[person_id] = [people].[person_id]
  LEFT JOIN [same_person]
    ON [same_person].[person_key] = [persons].[person_key]
  INNER JOIN [followed_people]
    ON [followed_people].[person_key] = COALESCE([same_person].[who], [persons].[person_key])
  WHERE
    [people].[sex] IN ('1', '2')
  UNION ALL
  SELECT
    [followed_people].[person_key],
    [a].[sex],
    0 AS [by_people]
  FROM [attendances] AS [a]
  LEFT JOIN [same_person]
    ON [same_person].[person_key] = [a].[person_key]
  INNER JOIN [followed_people]
    ON [followed_people].[person_key] = COALESCE([same_person].[who], [a].[person_key])
  WHERE
    [a].[sex] IN ('1', '2')
), [weighed] AS (
  SELECT
    [person_key] AS [person_key],
    SUM(CASE WHEN [by_people] = 0 THEN 0 WHEN [sex] = '2' THEN 1 ELSE -1 END) AS [by_people],
    SUM(CASE WHEN [by_people] = 1 THEN 0 WHEN [sex] = '2' THEN 1 ELSE -1 END) AS [by_attendances]
  FROM [told]
  GROUP BY
    [person_key]
)
SELECT
  [person_key],
  CASE
    WHEN [by_people] > 0
    THEN 1
    WHEN [by_people] < 0
    THEN 0
    WHEN [by_attendances] > 0
    THEN 1
    ELSE 0
  END AS [female]
FROM [weighed]
