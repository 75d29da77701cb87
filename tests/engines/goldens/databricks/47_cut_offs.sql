-- generated, not run: nobody has tried this text on Databricks yet
/* Up to when each dataset knows anything at all, before the as-of date; null where the store holds */
/* nothing of it, which is not the same as nobody having come. */
SELECT
  'attendances' AS dataset,
  MAX(arrival_datetime) AS newest
FROM attendances
WHERE
  arrival_datetime < :as_of
UNION ALL
SELECT
  'admissions' AS dataset,
  MAX(admission_datetime) AS newest
FROM admissions
WHERE
  admission_datetime < :as_of
UNION ALL
SELECT
  'ambulance' AS dataset,
  MAX(call_datetime) AS newest
FROM ambulance
WHERE
  call_datetime < :as_of
UNION ALL
SELECT
  'calls_111' AS dataset,
  MAX(call_datetime) AS newest
FROM calls_111
WHERE
  call_datetime < :as_of
