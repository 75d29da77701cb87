-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The store's person keys behind each reference of the caseload: the identifier itself, or the NHS */
/* number that the people table knows for a pseudonym. */
SELECT DISTINCT
  [caseload].[person_ref],
  [persons].[person_key]
FROM [caseload]
INNER JOIN [persons]
  ON [persons].[person_id] = [caseload].[person_id]
UNION
SELECT DISTINCT
  [caseload].[person_ref],
  [persons].[person_key]
FROM [caseload]
INNER JOIN [people]
  ON [people].[nhs_number] = [caseload].[person_id]
INNER JOIN [persons]
  ON [persons].[person_id] = [people].[person_id]
WHERE
  [caseload].[issuer] = @nhs
