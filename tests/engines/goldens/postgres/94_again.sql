-- run: the spec tables run this text on PostgreSQL 18
/* This year's contacts of the people who were in each tier in the year before, wherever they are now: */
/* at a hospital their attendances there, else all of them. Whoever died in the year has none. */
WITH living AS (
  SELECT
    levels_before.kind,
    levels_before.unit,
    levels_before.tier,
    levels_before.person_key
  FROM levels_before
  LEFT JOIN deaths_known
    ON deaths_known.person_key = levels_before.person_key
  WHERE
    deaths_known.died_at IS NULL OR deaths_known.died_at >= :cut
), attended AS (
  SELECT
    living.kind,
    living.unit,
    living.tier,
    SUM(came.attendances) AS attendances
  FROM living
  INNER JOIN came
    ON came.person_key = living.person_key
  WHERE
    living.kind <> 'site' OR living.unit = came.site_code
  GROUP BY
    living.kind,
    living.unit,
    living.tier
), stayed AS (
  SELECT
    living.kind,
    living.unit,
    living.tier,
    SUM(in_hospital.admissions) AS admissions
  FROM living
  INNER JOIN in_hospital
    ON in_hospital.person_key = living.person_key
  GROUP BY
    living.kind,
    living.unit,
    living.tier
), units AS (
  SELECT DISTINCT
    kind,
    unit,
    tier
  FROM levels_before
)
SELECT
  units.kind,
  units.unit,
  units.tier,
  CAST(COALESCE(attended.attendances, 0) AS BIGINT) AS attendances,
  CAST(COALESCE(stayed.admissions, 0) AS BIGINT) AS admissions
FROM units
LEFT JOIN attended
  ON attended.kind = units.kind
  AND attended.unit = units.unit
  AND attended.tier = units.tier
LEFT JOIN stayed
  ON stayed.kind = units.kind AND stayed.unit = units.unit AND stayed.tier = units.tier
ORDER BY
  units.kind,
  units.unit,
  units.tier
