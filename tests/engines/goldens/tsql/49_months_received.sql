-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* What each month holds of each dataset and site. The two sums over the time of day are the same for */
/* the same rows whatever dates they stand under: together with the counts they are a fingerprint. */
SELECT
  [dataset],
  [site_code],
  DATETRUNC(MONTH, [moment]) AS [month],
  COUNT_BIG(*) AS [rows_received],
  COUNT_BIG(DISTINCT [person_key]) AS [people],
  MAX([moment]) AS [newest],
  SUM(DATEPART(HOUR, [moment]) * 60 + DATEPART(MINUTE, [moment])) AS [minutes],
  SUM(
    (
      DATEPART(HOUR, [moment]) * 60 + DATEPART(MINUTE, [moment])
    ) * (
      DATEPART(HOUR, [moment]) * 60 + DATEPART(MINUTE, [moment])
    )
  ) AS [squares]
FROM [received]
GROUP BY
  [dataset],
  [site_code],
  DATETRUNC(MONTH, [moment])
ORDER BY
  CASE WHEN [dataset] IS NULL THEN 1 ELSE 0 END, [dataset],
  CASE WHEN [site_code] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [site_code] COLLATE Latin1_General_100_BIN2_UTF8,
  CASE WHEN DATETRUNC(MONTH, [moment]) IS NULL THEN 1 ELSE 0 END, DATETRUNC(MONTH, [moment])
