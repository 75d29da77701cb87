-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* When people died, where it is known: by the people table, or by an attendance or a spell that */
/* ended in death with no attendance afterwards. As on the list, but with the day: a year counts the */
/* people who were alive at its end, so that two years are counted alike. */
WITH [ended] AS (
  SELECT
    [person_key],
    [arrival_datetime] AS [died_at]
  FROM [attendances]
  WHERE
    NOT [person_key] IS NULL
    AND [arrival_datetime] >= @earliest
    AND (
      [discharge_destination] = @mortuary OR [discharge_status] IN (@dead_on_arrival)
    )
  UNION ALL
  SELECT
    [person_key],
    [discharge_datetime] AS [died_at]
  FROM [admissions]
  WHERE
    NOT [person_key] IS NULL
    AND [discharge_method] = '4'
    AND [discharge_datetime] >= @earliest
), [last_seen] AS (
  SELECT
    [attendances].[person_key] AS [person_key],
    MAX([attendances].[arrival_datetime]) AS [last_arrival]
  FROM [attendances]
  INNER JOIN (
    SELECT DISTINCT
      [person_key] AS [person_key]
    FROM [ended]
  ) AS [endings]
    ON [endings].[person_key] = [attendances].[person_key]
  WHERE
    [attendances].[arrival_datetime] >= @earliest
  GROUP BY
    [attendances].[person_key]
), [told] AS (
  SELECT
    [persons].[person_key],
    CAST([people].[death_date] AS DATETIME2) AS [died_at]
  FROM [people]
  INNER JOIN [persons]
    ON [persons].[person_id] = [people].[person_id]
  WHERE
    NOT [people].[death_date] IS NULL
  UNION ALL
  SELECT
    [ended].[person_key],
    [ended].[died_at]
  FROM [ended]
  LEFT JOIN [last_seen]
    ON [last_seen].[person_key] = [ended].[person_key]
  WHERE
    [last_seen].[person_key] IS NULL
    OR [last_seen].[last_arrival] <= [ended].[died_at]
)
SELECT
  [person_key],
  MIN([died_at]) AS [died_at]
FROM [told]
GROUP BY
  [person_key]
