-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The clients' attendances that count, by the rules of the list: consultant-led departments, not */
/* planned, not streamed away, not dead on arrival. `place` is 1 for the row that stands for its */
/* person, site and minute; an ambulance or an admission on any row of a minute counts for it. */
SELECT
  [clients].[person_ref],
  [a].[provider_code],
  [a].[attendance_id],
  [a].[site_code],
  [a].[arrival_datetime],
  [a].[departure_datetime],
  [a].[chief_complaint],
  [a].[injury_intent],
  [a].[discharge_status],
  [a].[discharge_destination],
  MAX(CASE WHEN [a].[arrival_mode] IN (@ambulance_modes) THEN 1 ELSE 0 END) OVER (
    PARTITION BY [clients].[person_ref], [a].[site_code], DATETRUNC(MINUTE, [a].[arrival_datetime])
  ) AS [by_ambulance],
  MAX(
    CASE
      WHEN [a].[admitted] <> 0
      THEN 1
      WHEN [a].[discharge_destination] IN (@admitted_destinations)
      THEN 1
      ELSE 0
    END
  ) OVER (
    PARTITION BY [clients].[person_ref], [a].[site_code], DATETRUNC(MINUTE, [a].[arrival_datetime])
  ) AS [admitted],
  ROW_NUMBER() OVER (
    PARTITION BY [clients].[person_ref], [a].[site_code], DATETRUNC(MINUTE, [a].[arrival_datetime])
    ORDER BY CASE WHEN [a].[arrival_datetime] IS NULL THEN 1 ELSE 0 END, [a].[arrival_datetime], CASE WHEN [a].[attendance_id] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [a].[attendance_id] COLLATE Latin1_General_100_BIN2_UTF8
  ) AS [place]
FROM [attendances] AS [a]
INNER JOIN [clients]
  ON [clients].[person_key] = [a].[person_key]
WHERE
  [a].[arrival_datetime] >= @since
  AND [a].[arrival_datetime] < @as_of
  AND NOT [a].[site_code] IS NULL
  AND COALESCE([a].[department_type], '') IN (@departments)
  AND COALESCE([a].[attendance_category], '') IN (@categories)
  AND NOT COALESCE([a].[discharge_status], '') IN (@left_out_statuses)
