-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Emergency admissions of each site in each month, and how many of them had no night in hospital. */
SELECT
  [site_code],
  CAST(DATEPART(YEAR, [admission_datetime]) * 12 + DATEPART(MONTH, [admission_datetime]) AS INTEGER) AS [month_no],
  COUNT_BIG(*) AS [stays],
  COUNT_BIG(
    CASE
      WHEN CAST([admission_datetime] AS DATE) = CAST([discharge_datetime] AS DATE)
      THEN 1
    END
  ) AS [without_a_night]
FROM [admissions]
WHERE
  [admission_datetime] < @as_of
  AND NOT [site_code] IS NULL
  AND (
    [admission_method] IN (@emergency_methods)
    OR (
      [is_emergency] <> 0
      AND NOT COALESCE([admission_method], '') IN (@emergency_methods)
    )
  )
GROUP BY
  [site_code],
  CAST(DATEPART(YEAR, [admission_datetime]) * 12 + DATEPART(MONTH, [admission_datetime]) AS INTEGER)
ORDER BY
  CASE WHEN [site_code] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [site_code] COLLATE Latin1_General_100_BIN2_UTF8,
  CASE WHEN CAST(DATEPART(YEAR, [admission_datetime]) * 12 + DATEPART(MONTH, [admission_datetime]) AS INTEGER) IS NULL THEN 1 ELSE 0 END, CAST(DATEPART(YEAR, [admission_datetime]) * 12 + DATEPART(MONTH, [admission_datetime]) AS INTEGER)
