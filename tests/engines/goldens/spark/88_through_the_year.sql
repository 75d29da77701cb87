-- run: the spec tables run this text on Apache Spark 4.3
/* Tier by tier: how many came into it in each month of the year, and how many of those who were in it */
/* at the start still were at each month end. */
WITH everywhere AS (
  SELECT
    *
  FROM month_ends
  UNION ALL
  SELECT
    'place' AS kind,
    placed.place AS unit,
    month_ends.person_key,
    at_00,
    at_01,
    at_02,
    at_03,
    at_04,
    at_05,
    at_06,
    at_07,
    at_08,
    at_09,
    at_10,
    at_11,
    at_12
  FROM month_ends
  INNER JOIN placed
    ON placed.person_key = month_ends.person_key
  WHERE
    month_ends.kind = 'area' AND :has_places
)
SELECT
  everywhere.kind,
  everywhere.unit,
  tier_bounds.tier,
  COUNT(CASE WHEN at_00 BETWEEN tier_bounds.least AND tier_bounds.most THEN 1 END) AS began,
  COUNT(
    CASE
      WHEN at_01 BETWEEN tier_bounds.least AND tier_bounds.most
      AND NOT at_00 BETWEEN tier_bounds.least AND tier_bounds.most
      THEN 1
    END
  ) AS entered_01,
  COUNT(
    CASE
      WHEN at_02 BETWEEN tier_bounds.least AND tier_bounds.most
      AND NOT at_01 BETWEEN tier_bounds.least AND tier_bounds.most
      THEN 1
    END
  ) AS entered_02,
  COUNT(
    CASE
      WHEN at_03 BETWEEN tier_bounds.least AND tier_bounds.most
      AND NOT at_02 BETWEEN tier_bounds.least AND tier_bounds.most
      THEN 1
    END
  ) AS entered_03,
  COUNT(
    CASE
      WHEN at_04 BETWEEN tier_bounds.least AND tier_bounds.most
      AND NOT at_03 BETWEEN tier_bounds.least AND tier_bounds.most
      THEN 1
    END
  ) AS entered_04,
  COUNT(
    CASE
      WHEN at_05 BETWEEN tier_bounds.least AND tier_bounds.most
      AND NOT at_04 BETWEEN tier_bounds.least AND tier_bounds.most
      THEN 1
    END
  ) AS entered_05,
  COUNT(
    CASE
      WHEN at_06 BETWEEN tier_bounds.least AND tier_bounds.most
      AND NOT at_05 BETWEEN tier_bounds.least AND tier_bounds.most
      THEN 1
    END
  ) AS entered_06,
  COUNT(
    CASE
      WHEN at_07 BETWEEN tier_bounds.least AND tier_bounds.most
      AND NOT at_06 BETWEEN tier_bounds.least AND tier_bounds.most
      THEN 1
    END
  ) AS entered_07,
  COUNT(
    CASE
      WHEN at_08 BETWEEN tier_bounds.least AND tier_bounds.most
      AND NOT at_07 BETWEEN tier_bounds.least AND tier_bounds.most
      THEN 1
    END
  ) AS entered_08,
  COUNT(
    CASE
      WHEN at_09 BETWEEN tier_bounds.least AND tier_bounds.most
      AND NOT at_08 BETWEEN tier_bounds.least AND tier_bounds.most
      THEN 1
    END
  ) AS entered_09,
  COUNT(
    CASE
      WHEN at_10 BETWEEN tier_bounds.least AND tier_bounds.most
      AND NOT at_09 BETWEEN tier_bounds.least AND tier_bounds.most
      THEN 1
    END
  ) AS entered_10,
  COUNT(
    CASE
      WHEN at_11 BETWEEN tier_bounds.least AND tier_bounds.most
      AND NOT at_10 BETWEEN tier_bounds.least AND tier_bounds.most
      THEN 1
    END
  ) AS entered_11,
  COUNT(
    CASE
      WHEN at_12 BETWEEN tier_bounds.least AND tier_bounds.most
      AND NOT at_11 BETWEEN tier_bounds.least AND tier_bounds.most
      THEN 1
    END
  ) AS entered_12,
  COUNT(
    CASE
      WHEN at_00 BETWEEN tier_bounds.least AND tier_bounds.most
      AND at_01 BETWEEN tier_bounds.least AND tier_bounds.most
      THEN 1
    END
  ) AS still_01,
  COUNT(
    CASE
      WHEN at_00 BETWEEN tier_bounds.least AND tier_bounds.most
      AND at_02 BETWEEN tier_bounds.least AND tier_bounds.most
      THEN 1
    END
  ) AS still_02,
  COUNT(
    CASE
      WHEN at_00 BETWEEN tier_bounds.least AND tier_bounds.most
      AND at_03 BETWEEN tier_bounds.least AND tier_bounds.most
      THEN 1
    END
  ) AS still_03,
  COUNT(
    CASE
      WHEN at_00 BETWEEN tier_bounds.least AND tier_bounds.most
      AND at_04 BETWEEN tier_bounds.least AND tier_bounds.most
      THEN 1
    END
  ) AS still_04,
  COUNT(
    CASE
      WHEN at_00 BETWEEN tier_bounds.least AND tier_bounds.most
      AND at_05 BETWEEN tier_bounds.least AND tier_bounds.most
      THEN 1
    END
  ) AS still_05,
  COUNT(
    CASE
      WHEN at_00 BETWEEN tier_bounds.least AND tier_bounds.most
      AND at_06 BETWEEN tier_bounds.least AND tier_bounds.most
      THEN 1
    END
  ) AS still_06,
  COUNT(
    CASE
      WHEN at_00 BETWEEN tier_bounds.least AND tier_bounds.most
      AND at_07 BETWEEN tier_bounds.least AND tier_bounds.most
      THEN 1
    END
  ) AS still_07,
  COUNT(
    CASE
      WHEN at_00 BETWEEN tier_bounds.least AND tier_bounds.most
      AND at_08 BETWEEN tier_bounds.least AND tier_bounds.most
      THEN 1
    END
  ) AS still_08,
  COUNT(
    CASE
      WHEN at_00 BETWEEN tier_bounds.least AND tier_bounds.most
      AND at_09 BETWEEN tier_bounds.least AND tier_bounds.most
      THEN 1
    END
  ) AS still_09,
  COUNT(
    CASE
      WHEN at_00 BETWEEN tier_bounds.least AND tier_bounds.most
      AND at_10 BETWEEN tier_bounds.least AND tier_bounds.most
      THEN 1
    END
  ) AS still_10,
  COUNT(
    CASE
      WHEN at_00 BETWEEN tier_bounds.least AND tier_bounds.most
      AND at_11 BETWEEN tier_bounds.least AND tier_bounds.most
      THEN 1
    END
  ) AS still_11,
  COUNT(
    CASE
      WHEN at_00 BETWEEN tier_bounds.least AND tier_bounds.most
      AND at_12 BETWEEN tier_bounds.least AND tier_bounds.most
      THEN 1
    END
  ) AS still_12
FROM everywhere
CROSS JOIN tier_bounds
GROUP BY
  everywhere.kind,
  everywhere.unit,
  tier_bounds.tier
