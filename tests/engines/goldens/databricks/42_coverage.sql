-- generated, not run: nobody has tried this text on Databricks yet
/* Each reference of the caseload once, with how many keys the store has for it and how many of */
/* them are its own. */
SELECT
  asked.person_ref,
  COUNT(DISTINCT caseload_keys.person_key) AS keys,
  COUNT(DISTINCT clients.person_key) AS own_keys
FROM (
  SELECT DISTINCT
    person_ref
  FROM caseload
) AS asked
LEFT JOIN caseload_keys
  ON caseload_keys.person_ref = asked.person_ref
LEFT JOIN clients
  ON clients.person_ref = asked.person_ref
GROUP BY
  asked.person_ref
ORDER BY
  asked.person_ref NULLS LAST
