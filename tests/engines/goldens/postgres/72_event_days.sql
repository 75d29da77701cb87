-- run: the spec tables run this text on PostgreSQL 18
/* Everything that is counted as it happens, day by day. */
SELECT
  'attendances' AS outcome,
  person_key,
  day_no,
  attendances AS events
FROM visit_days
UNION ALL
SELECT
  'ambulance_arrivals' AS outcome,
  person_key,
  day_no,
  by_ambulance AS events
FROM visit_days
WHERE
  by_ambulance > 0
UNION ALL
SELECT
  'emergency_admissions' AS outcome,
  person_key,
  first_day AS day_no,
  CAST(COUNT(*) AS INT) AS events
FROM stays
WHERE
  admitted = 1
GROUP BY
  person_key,
  first_day
UNION ALL
SELECT
  'ambulance_calls' AS outcome,
  person_key,
  day_no,
  CAST(COUNT(*) AS INT) AS events
FROM calls
GROUP BY
  person_key,
  day_no
UNION ALL
SELECT
  'conveyances' AS outcome,
  person_key,
  day_no,
  CAST(COUNT(*) AS INT) AS events
FROM calls
WHERE
  conveyed = 1
GROUP BY
  person_key,
  day_no
UNION ALL
SELECT
  'calls_111' AS outcome,
  person_key,
  day_no,
  CAST(COUNT(*) AS INT) AS events
FROM calls_to_111
GROUP BY
  person_key,
  day_no
