-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The candidates' counted attendances over 12 months, each moment once; an ambulance or an */
/* admission on any row of a moment counts for the moment. */
SELECT
  [steps].[site_code],
  [steps].[person_key],
  MIN([steps].[arrival_datetime]) AS [arrival_datetime],
  MAX([steps].[by_ambulance]) AS [by_ambulance],
  MAX([steps].[admitted]) AS [admitted]
FROM [steps]
WHERE
  [steps].[step] = 99
  AND [steps].[arrival_datetime] >= @year_start
  AND [steps].[arrival_datetime] < @as_of
  AND [steps].[person_key] IN (
    SELECT
      [person_key]
    FROM [candidates]
  )
GROUP BY
  [steps].[site_code],
  [steps].[person_key],
  CASE
    WHEN @by_minute = 1
    THEN DATETRUNC(MINUTE, [steps].[arrival_datetime])
    ELSE DATETRUNC(SECOND, [steps].[arrival_datetime])
  END
