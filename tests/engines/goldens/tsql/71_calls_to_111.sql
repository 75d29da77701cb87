-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The followed people's calls to NHS 111, one a person and minute. */
WITH [minutes] AS (
  SELECT
    [followed_people].[person_key] AS [person_key],
    MIN([c].[call_datetime]) AS [call_datetime]
  FROM [calls_111] AS [c]
  LEFT JOIN [same_person]
    ON [same_person].[person_key] = [c].[person_key]
  INNER JOIN [followed_people]
    ON [followed_people].[person_key] = COALESCE([same_person].[who], [c].[person_key])
  WHERE
    [c].[call_datetime] < @cut
  GROUP BY
    [followed_people].[person_key],
    DATETRUNC(MINUTE, [c].[call_datetime])
)
SELECT
  [person_key],
  CAST(DATEDIFF(DAY, CAST('1970-01-01' AS DATE), CAST([call_datetime] AS DATE)) AS INTEGER) AS [day_no]
FROM [minutes]
