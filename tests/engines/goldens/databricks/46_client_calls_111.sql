-- generated, not run: nobody has tried this text on Databricks yet
/* The clients' calls to NHS 111. */
SELECT
  clients.person_ref,
  c.provider_code,
  c.call_id,
  c.call_datetime,
  c.outcome_group
FROM calls_111 AS c
INNER JOIN clients
  ON clients.person_key = c.person_key
WHERE
  c.call_datetime >= :since AND c.call_datetime < :as_of
