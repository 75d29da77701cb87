-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The clients' emergency stays that were under way in the two years. A transfer between hospitals */
/* (2B) goes on with a stay that was counted where it began. */
SELECT
  [clients].[person_ref],
  [a].[provider_code],
  [a].[admission_id],
  [a].[site_code],
  [a].[admission_datetime],
  [a].[discharge_datetime],
  [a].[discharge_method],
  [a].[discharge_destination]
FROM [admissions] AS [a]
INNER JOIN [clients]
  ON [clients].[person_key] = [a].[person_key]
WHERE
  [a].[admission_datetime] < @as_of
  AND (
    [a].[admission_datetime] >= @since
    OR [a].[discharge_datetime] >= @since
    OR (
      [a].[discharge_datetime] IS NULL AND [a].[admission_datetime] >= @longest_stay
    )
  )
  AND COALESCE([a].[admission_method], '') <> '2B'
  AND (
    [a].[admission_method] IN (@emergency_methods)
    OR (
      [a].[is_emergency] <> 0
      AND NOT COALESCE([a].[admission_method], '') IN (@emergency_methods)
    )
  )
