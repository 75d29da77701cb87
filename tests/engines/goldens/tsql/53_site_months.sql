-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* What each site sent in each month: all rows, those of the counted kind (linked to a person or */
/* not), those of same day emergency care, and those of each other kind of department. */
SELECT
  [site_code],
  CAST(DATEPART(YEAR, [arrival_datetime]) * 12 + DATEPART(MONTH, [arrival_datetime]) AS INTEGER) AS [month_no],
  COUNT_BIG(*) AS [sent],
  COUNT_BIG(
    CASE
      WHEN COALESCE([department_type], '') IN (@departments)
      AND COALESCE([attendance_category], '') IN (@categories)
      AND NOT COALESCE([discharge_status], '') IN (@left_out_statuses)
      THEN 1
    END
  ) AS [counted],
  COUNT_BIG(CASE WHEN COALESCE([department_type], '') IN (@departments) THEN 1 END) AS [of_departments],
  COUNT_BIG(CASE WHEN [department_type] = '05' THEN 1 END) AS [same_day_care],
  COUNT_BIG(CASE WHEN [person_key] IS NULL THEN 1 END) AS [unlinked],
  MIN([arrival_datetime]) AS [oldest],
  MAX([arrival_datetime]) AS [newest]
FROM [attendances]
WHERE
  NOT [site_code] IS NULL AND [arrival_datetime] < @as_of
GROUP BY
  [site_code],
  CAST(DATEPART(YEAR, [arrival_datetime]) * 12 + DATEPART(MONTH, [arrival_datetime]) AS INTEGER)
ORDER BY
  CASE WHEN [site_code] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [site_code] COLLATE Latin1_General_100_BIN2_UTF8,
  CASE WHEN CAST(DATEPART(YEAR, [arrival_datetime]) * 12 + DATEPART(MONTH, [arrival_datetime]) AS INTEGER) IS NULL THEN 1 ELSE 0 END, CAST(DATEPART(YEAR, [arrival_datetime]) * 12 + DATEPART(MONTH, [arrival_datetime]) AS INTEGER)
