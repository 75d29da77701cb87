-- run: the spec tables run this text on Apache Spark 4.3
/* From when to when each further dataset knows anything; null where the store holds nothing of it. */
SELECT
  'admissions' AS dataset,
  MIN(admission_datetime) AS oldest,
  MAX(admission_datetime) AS newest,
  COUNT(*) AS records
FROM admissions
WHERE
  admission_datetime < :as_of
UNION ALL
SELECT
  'ambulance' AS dataset,
  MIN(call_datetime) AS oldest,
  MAX(call_datetime) AS newest,
  COUNT(*) AS records
FROM ambulance
WHERE
  call_datetime < :as_of
UNION ALL
SELECT
  'calls_111' AS dataset,
  MIN(call_datetime) AS oldest,
  MAX(call_datetime) AS newest,
  COUNT(*) AS records
FROM calls_111
WHERE
  call_datetime < :as_of
