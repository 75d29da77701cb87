-- generated, not run: nobody has tried this text on Databricks yet
/* The person keys that stand for one reference alone. Where two references claim the same key, */
/* neither gets it: activity under the wrong name is worse than none. */
SELECT
  caseload_keys.person_ref,
  caseload_keys.person_key
FROM caseload_keys
WHERE
  caseload_keys.person_key IN (
    SELECT
      k.person_key
    FROM caseload_keys AS k
    GROUP BY
      k.person_key
    HAVING
      COUNT(DISTINCT k.person_ref) = 1
  )
