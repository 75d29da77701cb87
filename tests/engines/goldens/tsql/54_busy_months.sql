-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* How many person-months each site has, and in how many of them the person came once: in a whole */
/* department nearly all, in an extract of frequent attenders far fewer. */
SELECT
  [site_code],
  COUNT_BIG(*) AS [person_months],
  COUNT_BIG(CASE WHEN [attendances] = 1 THEN 1 END) AS [with_one]
FROM [monthly]
GROUP BY
  [site_code]
ORDER BY
  CASE WHEN [site_code] COLLATE Latin1_General_100_BIN2_UTF8 IS NULL THEN 1 ELSE 0 END, [site_code] COLLATE Latin1_General_100_BIN2_UTF8
