-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* From which tier to which: people by their tier in the year before and in the year, 0 for neither. */
WITH [both_years] AS (
  SELECT
    [kind],
    [unit],
    [person_key],
    [tier] AS [was_in],
    0 AS [is_in]
  FROM [levels_before]
  UNION ALL
  SELECT
    [kind],
    [unit],
    [person_key],
    0 AS [was_in],
    [tier] AS [is_in]
  FROM [levels_now]
), [each_person] AS (
  SELECT
    [kind] AS [kind],
    [unit] AS [unit],
    [person_key] AS [person_key],
    MAX([was_in]) AS [was_in],
    MAX([is_in]) AS [is_in]
  FROM [both_years]
  GROUP BY
    [kind],
    [unit],
    [person_key]
)
SELECT
  [kind],
  [unit],
  [was_in],
  [is_in],
  COUNT_BIG(*) AS [people]
FROM [each_person]
GROUP BY
  [kind],
  [unit],
  [was_in],
  [is_in]
ORDER BY
  CASE WHEN [kind] IS NULL THEN 1 ELSE 0 END, [kind],
  CASE WHEN [unit] IS NULL THEN 1 ELSE 0 END, [unit],
  CASE WHEN [was_in] IS NULL THEN 1 ELSE 0 END, [was_in],
  CASE WHEN [is_in] IS NULL THEN 1 ELSE 0 END, [is_in]
