-- generated, not run: nobody has tried this text on Databricks yet
/* From which tier to which: people by their tier in the year before and in the year, 0 for neither. */
WITH both_years AS (
  SELECT
    kind,
    unit,
    person_key,
    tier AS was_in,
    0 AS is_in
  FROM levels_before
  UNION ALL
  SELECT
    kind,
    unit,
    person_key,
    0 AS was_in,
    tier AS is_in
  FROM levels_now
), each_person AS (
  SELECT
    kind,
    unit,
    person_key,
    MAX(was_in) AS was_in,
    MAX(is_in) AS is_in
  FROM both_years
  GROUP BY
    kind,
    unit,
    person_key
)
SELECT
  kind,
  unit,
  was_in,
  is_in,
  COUNT(*) AS people
FROM each_person
GROUP BY
  kind,
  unit,
  was_in,
  is_in
ORDER BY
  kind NULLS LAST,
  unit NULLS LAST,
  was_in NULLS LAST,
  is_in NULLS LAST
