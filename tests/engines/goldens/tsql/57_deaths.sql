-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The day somebody died, where it is known: by the people table, by the roster, or by an attendance */
/* or a stay that ended in death with no attendance on a later day. */
WITH [ended] AS (
  SELECT
    [asked].[person_key],
    DATEDIFF(DAY, CAST('1970-01-01' AS DATE), CAST([a].[arrival_datetime] AS DATE)) AS [day_no]
  FROM [attendances] AS [a]
  LEFT JOIN [same_person]
    ON [same_person].[person_key] = [a].[person_key]
  INNER JOIN [asked]
    ON [asked].[person_key] = COALESCE([same_person].[who], [a].[person_key])
  WHERE
    [a].[discharge_destination] = @mortuary
    OR [a].[discharge_status] IN (@dead_on_arrival)
  UNION ALL
  SELECT
    [asked].[person_key],
    DATEDIFF(DAY, CAST('1970-01-01' AS DATE), CAST([a].[discharge_datetime] AS DATE)) AS [day_no]
  FROM [admissions] AS [a]
  LEFT JOIN [same_person]
    ON [same_person].[person_key] = [a].[person_key]
  INNER JOIN [asked]
    ON [asked].[person_key] = COALESCE([same_person].[who], [a].[person_key])
  WHERE
    [a].[discharge_method] = '4' AND NOT [a].[discharge_datetime] IS NULL
), [last_seen] AS (
  SELECT
    [moments].[person_key] AS [person_key],
    MAX([moments].[day_no]) AS [day_no]
  FROM [moments]
  INNER JOIN (
    SELECT DISTINCT
      [person_key] AS [person_key]
    FROM [ended]
  ) AS [endings]
    ON [endings].[person_key] = [moments].[person_key]
  GROUP BY
    [moments].[person_key]
), [told] AS (
  SELECT
    [asked].[person_key],
    DATEDIFF(DAY, CAST('1970-01-01' AS DATE), [people].[death_date]) AS [day_no]
  FROM [people]
  INNER JOIN [persons]
    ON [persons].[person_id] = [people].[person_id]
  LEFT JOIN [same_person]
    ON [same_person].[person_key] = [persons].[person_key]
  INNER JOIN [asked]
    ON [asked].[person_key] = COALESCE([same_person].[who], [persons].[person_key])
  WHERE
    NOT [people].[death_date] IS NULL
  UNION ALL
  SELECT
    [ended].[person_key],
    [ended].[day_no]
  FROM [ended]
  LEFT JOIN [last_seen]
    ON [last_seen].[person_key] = [ended].[person_key]
  WHERE
    [last_seen].[person_key] IS NULL OR [last_seen].[day_no] <= [ended].[day_no]
  UNION ALL
  SELECT
    [person_key],
    [death_day] AS [day_no]
  FROM [starts]
  WHERE
    NOT [death_day] IS NULL
)
SELECT
  [person_key],
  CAST(MIN([day_no]) AS INTEGER) AS [day_no]
FROM [told]
GROUP BY
  [person_key]
