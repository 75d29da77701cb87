-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The followed people's ambulance call-outs, one a person and minute. `conveyed`: 1 where the */
/* person was taken somewhere. */
WITH [minutes] AS (
  SELECT
    [followed_people].[person_key] AS [person_key],
    MIN([a].[call_datetime]) AS [call_datetime],
    MAX(CASE WHEN NOT COALESCE([a].[conveyed_to], '') IN ('', 'ZZZZZ') THEN 1 ELSE 0 END) AS [conveyed]
  FROM [ambulance] AS [a]
  LEFT JOIN [same_person]
    ON [same_person].[person_key] = [a].[person_key]
  INNER JOIN [followed_people]
    ON [followed_people].[person_key] = COALESCE([same_person].[who], [a].[person_key])
  WHERE
    [a].[call_datetime] < @cut
  GROUP BY
    [followed_people].[person_key],
    DATETRUNC(MINUTE, [a].[call_datetime])
)
SELECT
  [person_key],
  CAST(DATEDIFF(DAY, CAST('1970-01-01' AS DATE), CAST([call_datetime] AS DATE)) AS INTEGER) AS [day_no],
  [conveyed]
FROM [minutes]
