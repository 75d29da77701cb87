-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Attendances of the year that ended in admission, each moment once, of everyone who may have been */
/* in a tier: what stands for emergency admissions where nobody sent the spells. */
WITH [moments] AS (
  SELECT
    [visits].[site_code] AS [site_code],
    [visits].[person_key] AS [person_key],
    MAX([visits].[admitted]) AS [admitted]
  FROM [visits]
  INNER JOIN [often]
    ON [often].[person_key] = [visits].[person_key]
  GROUP BY
    [visits].[site_code],
    [visits].[person_key],
    CASE
      WHEN @by_minute = 1
      THEN DATETRUNC(MINUTE, [visits].[arrival_datetime])
      ELSE DATETRUNC(SECOND, [visits].[arrival_datetime])
    END
)
SELECT
  [person_key],
  CAST(SUM([admitted]) AS BIGINT) AS [admissions]
FROM [moments]
GROUP BY
  [person_key]
