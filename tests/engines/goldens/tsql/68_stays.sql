-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The followed people's emergency stays. `admitted`: 1 where the stay counts as an admission; a */
/* transfer between hospitals (2B) only adds its nights. A stay without an end goes on to the cut, */
/* unless it began more than a year before: its end was never written down. */
WITH [told] AS (
  SELECT
    [followed_people].[person_key] AS [person_key],
    DATEDIFF(DAY, CAST('1970-01-01' AS DATE), CAST([a].[admission_datetime] AS DATE)) AS [first_day],
    DATEDIFF(DAY, CAST('1970-01-01' AS DATE), CAST([a].[discharge_datetime] AS DATE)) AS [last_day],
    [a].[bed_days] AS [bed_days],
    DATETRUNC(MINUTE, [a].[admission_datetime]) AS [at_minute],
    CASE WHEN COALESCE([a].[admission_method], '') <> '2B' THEN 1 ELSE 0 END AS [admitted]
  FROM [admissions] AS [a]
  LEFT JOIN [same_person]
    ON [same_person].[person_key] = [a].[person_key]
  INNER JOIN [followed_people]
    ON [followed_people].[person_key] = COALESCE([same_person].[who], [a].[person_key])
  WHERE
    [a].[admission_datetime] < @cut
    AND (
      [a].[admission_method] IN (@emergency_methods)
      OR [a].[admission_method] = '2B'
      OR (
        [a].[is_emergency] <> 0
        AND NOT COALESCE([a].[admission_method], '') IN (@emergency_methods)
      )
    )
)
SELECT
  [person_key],
  CAST(MIN([first_day]) AS INTEGER) AS [first_day],
  CAST(MAX(
    CASE
      WHEN NOT [last_day] IS NULL
      THEN [last_day]
      WHEN NOT [bed_days] IS NULL
      THEN [first_day] + [bed_days]
      WHEN [first_day] >= @oldest_open_stay
      THEN @cut_day
      ELSE [first_day]
    END
  ) AS INTEGER) AS [last_day],
  MAX([admitted]) AS [admitted]
FROM [told]
GROUP BY
  [person_key],
  [at_minute]
