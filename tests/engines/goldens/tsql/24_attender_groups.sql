-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* How many people attended in the window, by age, sex, ethnic category and deprivation as their */
/* latest attendance has them: what those listed are compared with. */
WITH [last_arrivals] AS (
  SELECT
    [person_key] AS [person_key],
    MAX([last_arrival]) AS [last_arrival]
  FROM [counts]
  WHERE
    [in_window] > 0
  GROUP BY
    [person_key]
), [latest] AS (
  SELECT
    [steps].[person_key] AS [person_key],
    COALESCE(
      [steps].[age],
      CAST(FLOOR(
        CAST((
          @as_of_number - (
            DATEPART(YEAR, [steps].[birth_date]) * 10000 + DATEPART(MONTH, [steps].[birth_date]) * 100 + DATEPART(DAY, [steps].[birth_date])
          )
        ) AS FLOAT) / 10000.0
      ) AS INTEGER)
    ) AS [age],
    [steps].[sex] AS [sex],
    [steps].[ethnic_category] AS [ethnic_category],
    [steps].[imd_decile] AS [imd_decile],
    ROW_NUMBER() OVER (
      PARTITION BY [steps].[person_key]
      ORDER BY CASE WHEN [steps].[site_code] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [steps].[site_code] COLLATE Latin1_General_100_BIN2_UTF8 ASC, CASE WHEN [steps].[age] IS NULL THEN 1 ELSE 0 END, [steps].[age] ASC, CASE WHEN [steps].[sex] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [steps].[sex] COLLATE Latin1_General_100_BIN2_UTF8 ASC
    ) AS [place]
  FROM [steps]
  INNER JOIN [last_arrivals]
    ON [last_arrivals].[person_key] = [steps].[person_key]
    AND [last_arrivals].[last_arrival] = [steps].[arrival_datetime]
  WHERE
    [steps].[step] = 99
)
SELECT
  [age],
  [sex],
  [ethnic_category],
  [imd_decile],
  COUNT_BIG(*) AS [people]
FROM [latest]
WHERE
  [place] = 1
GROUP BY
  [age],
  [sex],
  [ethnic_category],
  [imd_decile]
