-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The candidates' counted attendances over 12 months, each moment once; an ambulance or an */
/* admission on any row of a moment counts for the moment. */
SELECT
  [site_code],
  [person_key],
  MIN([arrival_datetime]) AS [arrival_datetime],
  MAX([by_ambulance]) AS [by_ambulance],
  MAX([admitted]) AS [admitted]
FROM [of_candidates]
WHERE
  [step] = 99
GROUP BY
  [site_code],
  [person_key],
  CASE
    WHEN @by_minute = 1
    THEN DATETRUNC(MINUTE, [arrival_datetime])
    ELSE DATETRUNC(SECOND, [arrival_datetime])
  END
