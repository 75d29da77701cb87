-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The place of each: most in three months, then most in 12, then the identifier. */
SELECT
  [site_code],
  [list_no],
  [person_key],
  [in_three],
  [in_twelve],
  ROW_NUMBER() OVER (
    PARTITION BY [site_code], [list_no]
    ORDER BY [in_three] DESC, [in_twelve] DESC, [person_id] COLLATE Latin1_General_100_BIN2_UTF8 DESC
  ) AS [place]
FROM [at_or_above]
