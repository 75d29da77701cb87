-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Where each list is cut: the count of the person in the last place. */
WITH [running] AS (
  SELECT
    [site_code] AS [site_code],
    [list_no] AS [list_no],
    [in_three] AS [in_three],
    SUM([not_started]) OVER (
      PARTITION BY [site_code], [list_no]
      ORDER BY [in_three] DESC
      rows BETWEEN UNBOUNDED preceding AND CURRENT ROW
    ) AS [at_or_above]
  FROM [list_levels]
)
SELECT
  [site_code],
  [list_no],
  MAX(CASE WHEN [at_or_above] >= @list_size THEN [in_three] ELSE 2 END) AS [in_three]
FROM [running]
GROUP BY
  [site_code],
  [list_no]
