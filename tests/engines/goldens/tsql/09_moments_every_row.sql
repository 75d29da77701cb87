-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The candidates' counted attendances over 12 months where every row counts. */
SELECT
  [site_code],
  [person_key],
  [arrival_datetime],
  [by_ambulance],
  [admitted]
FROM [of_candidates]
WHERE
  [step] = 99
