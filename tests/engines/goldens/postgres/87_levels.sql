-- run: the spec tables run this text on PostgreSQL 18
/* The tier of each of them in one year: at a hospital, in the area, and in their place by all their */
/* attendances in the area. */
WITH everywhere AS (
  SELECT
    kind,
    unit,
    person_key,
    attendances
  FROM reached
  UNION ALL
  SELECT
    'place' AS kind,
    placed.place AS unit,
    reached.person_key,
    reached.attendances
  FROM reached
  INNER JOIN placed
    ON placed.person_key = reached.person_key
  WHERE
    reached.kind = 'area' AND :has_places
)
SELECT
  everywhere.kind,
  everywhere.unit,
  everywhere.person_key,
  everywhere.attendances,
  tier_bounds.tier
FROM everywhere
INNER JOIN tier_bounds
  ON everywhere.attendances BETWEEN tier_bounds.least AND tier_bounds.most
