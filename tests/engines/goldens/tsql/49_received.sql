-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Every row of every dataset in the months whose health is looked at, counted or not: where it is */
/* from (the site; of ambulances and 111 the provider), whose, and when. */
SELECT
  'attendances' AS [dataset],
  COALESCE([site_code], '') AS [site_code],
  [person_key],
  [arrival_datetime] AS [moment]
FROM [attendances]
WHERE
  [arrival_datetime] >= @health_since AND [arrival_datetime] < @as_of
UNION ALL
SELECT
  'admissions' AS [dataset],
  COALESCE([site_code], '') AS [site_code],
  [person_key],
  [admission_datetime] AS [moment]
FROM [admissions]
WHERE
  [admission_datetime] >= @health_since AND [admission_datetime] < @as_of
UNION ALL
SELECT
  'ambulance' AS [dataset],
  COALESCE([provider_code], '') AS [site_code],
  [person_key],
  [call_datetime] AS [moment]
FROM [ambulance]
WHERE
  [call_datetime] >= @health_since AND [call_datetime] < @as_of
UNION ALL
SELECT
  'calls_111' AS [dataset],
  COALESCE([provider_code], '') AS [site_code],
  [person_key],
  [call_datetime] AS [moment]
FROM [calls_111]
WHERE
  [call_datetime] >= @health_since AND [call_datetime] < @as_of
