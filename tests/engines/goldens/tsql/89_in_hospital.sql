-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Emergency admissions of each person that began in the year, short (at most one night) and longer */
/* ones apart, and nights in hospital that fell into it. */
WITH [begun] AS (
  SELECT
    [person_key] AS [person_key],
    COUNT_BIG(*) AS [admissions],
    COUNT_BIG(CASE WHEN [last_day] - [first_day] <= 1 THEN 1 END) AS [short_stays]
  FROM [stays]
  WHERE
    [admitted] = 1 AND [first_day] >= @first_day AND [first_day] < @end_day
  GROUP BY
    [person_key]
), [slept] AS (
  SELECT
    [person_key] AS [person_key],
    SUM(LEAST([last_day], @end_day) - GREATEST([first_day], @first_day)) AS [bed_days]
  FROM [nights]
  WHERE
    [last_day] > @first_day AND [first_day] < @end_day
  GROUP BY
    [person_key]
)
SELECT
  [followed_people].[person_key],
  COALESCE([begun].[admissions], 0) AS [admissions],
  COALESCE([begun].[short_stays], 0) AS [short_stays],
  CAST(COALESCE([slept].[bed_days], 0) AS BIGINT) AS [bed_days]
FROM [followed_people]
LEFT JOIN [begun]
  ON [begun].[person_key] = [followed_people].[person_key]
LEFT JOIN [slept]
  ON [slept].[person_key] = [followed_people].[person_key]
