-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Attendances per person and site where every row counts, exact repeats too. */
SELECT
  [site_code],
  [person_key],
  [in_window],
  [in_period],
  [last_arrival]
FROM [tally]
