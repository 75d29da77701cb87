-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* From when to when each further dataset knows anything; null where the store holds nothing of it. */
SELECT
  'admissions' AS [dataset],
  MIN([admission_datetime]) AS [oldest],
  MAX([admission_datetime]) AS [newest],
  COUNT_BIG(*) AS [records]
FROM [admissions]
WHERE
  [admission_datetime] < @as_of
UNION ALL
SELECT
  'ambulance' AS [dataset],
  MIN([call_datetime]) AS [oldest],
  MAX([call_datetime]) AS [newest],
  COUNT_BIG(*) AS [records]
FROM [ambulance]
WHERE
  [call_datetime] < @as_of
UNION ALL
SELECT
  'calls_111' AS [dataset],
  MIN([call_datetime]) AS [oldest],
  MAX([call_datetime]) AS [newest],
  COUNT_BIG(*) AS [records]
FROM [calls_111]
WHERE
  [call_datetime] < @as_of
