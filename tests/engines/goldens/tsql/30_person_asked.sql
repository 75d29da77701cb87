-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The store's identifier behind a typed one: the identifier itself, or an NHS number. */
SELECT
  [person_id]
FROM [people]
WHERE
  [nhs_number] = @typed AND NOT [person_id] IS NULL
