-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Emergency admissions of the candidates in the window. A transfer between hospitals (2B) goes on */
/* with a spell that was counted where it began. */
SELECT
  [person_key],
  COUNT_BIG(*) AS [admissions]
FROM [admissions]
WHERE
  [admission_datetime] >= @window_start
  AND [admission_datetime] < @as_of
  AND COALESCE([admission_method], '') <> '2B'
  AND (
    [admission_method] IN (@emergency_methods)
    OR (
      [is_emergency] <> 0
      AND NOT COALESCE([admission_method], '') IN (@emergency_methods)
    )
  )
  AND [person_key] IN (
    SELECT
      [person_key]
    FROM [candidates]
  )
GROUP BY
  [person_key]
