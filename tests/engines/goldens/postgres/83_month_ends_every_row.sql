-- run: the spec tables run this text on PostgreSQL 18
/* How often each of them had come in the 12 months up to the start of the year and up to each of */
/* its month ends, where every row counts. Whoever has died has not come. */
WITH moments AS (
  SELECT
    visits.site_code,
    visits.person_key,
    visits.arrival_datetime
  FROM visits
  INNER JOIN busy
    ON busy.person_key = visits.person_key
), living AS (
  SELECT
    moments.site_code,
    moments.person_key,
    moments.arrival_datetime,
    deaths_known.died_at
  FROM moments
  LEFT JOIN deaths_known
    ON deaths_known.person_key = moments.person_key
), at_site AS (
  SELECT
    'site' AS kind,
    site_code AS unit,
    person_key,
    COUNT(
      CASE
        WHEN arrival_datetime >= :b00
        AND arrival_datetime < :b12
        AND (
          died_at IS NULL OR died_at >= :b12
        )
        THEN 1
      END
    ) AS at_00,
    COUNT(
      CASE
        WHEN arrival_datetime >= :b01
        AND arrival_datetime < :b13
        AND (
          died_at IS NULL OR died_at >= :b13
        )
        THEN 1
      END
    ) AS at_01,
    COUNT(
      CASE
        WHEN arrival_datetime >= :b02
        AND arrival_datetime < :b14
        AND (
          died_at IS NULL OR died_at >= :b14
        )
        THEN 1
      END
    ) AS at_02,
    COUNT(
      CASE
        WHEN arrival_datetime >= :b03
        AND arrival_datetime < :b15
        AND (
          died_at IS NULL OR died_at >= :b15
        )
        THEN 1
      END
    ) AS at_03,
    COUNT(
      CASE
        WHEN arrival_datetime >= :b04
        AND arrival_datetime < :b16
        AND (
          died_at IS NULL OR died_at >= :b16
        )
        THEN 1
      END
    ) AS at_04,
    COUNT(
      CASE
        WHEN arrival_datetime >= :b05
        AND arrival_datetime < :b17
        AND (
          died_at IS NULL OR died_at >= :b17
        )
        THEN 1
      END
    ) AS at_05,
    COUNT(
      CASE
        WHEN arrival_datetime >= :b06
        AND arrival_datetime < :b18
        AND (
          died_at IS NULL OR died_at >= :b18
        )
        THEN 1
      END
    ) AS at_06,
    COUNT(
      CASE
        WHEN arrival_datetime >= :b07
        AND arrival_datetime < :b19
        AND (
          died_at IS NULL OR died_at >= :b19
        )
        THEN 1
      END
    ) AS at_07,
    COUNT(
      CASE
        WHEN arrival_datetime >= :b08
        AND arrival_datetime < :b20
        AND (
          died_at IS NULL OR died_at >= :b20
        )
        THEN 1
      END
    ) AS at_08,
    COUNT(
      CASE
        WHEN arrival_datetime >= :b09
        AND arrival_datetime < :b21
        AND (
          died_at IS NULL OR died_at >= :b21
        )
        THEN 1
      END
    ) AS at_09,
    COUNT(
      CASE
        WHEN arrival_datetime >= :b10
        AND arrival_datetime < :b22
        AND (
          died_at IS NULL OR died_at >= :b22
        )
        THEN 1
      END
    ) AS at_10,
    COUNT(
      CASE
        WHEN arrival_datetime >= :b11
        AND arrival_datetime < :b23
        AND (
          died_at IS NULL OR died_at >= :b23
        )
        THEN 1
      END
    ) AS at_11,
    COUNT(
      CASE
        WHEN arrival_datetime >= :b12
        AND arrival_datetime < :b24
        AND (
          died_at IS NULL OR died_at >= :b24
        )
        THEN 1
      END
    ) AS at_12
  FROM living
  GROUP BY
    site_code,
    person_key
), at_any AS (
  SELECT
    *
  FROM at_site
  UNION ALL
  SELECT
    'area' AS kind,
    'ALL' AS unit,
    person_key,
    CAST(SUM(at_00) AS BIGINT) AS at_00,
    CAST(SUM(at_01) AS BIGINT) AS at_01,
    CAST(SUM(at_02) AS BIGINT) AS at_02,
    CAST(SUM(at_03) AS BIGINT) AS at_03,
    CAST(SUM(at_04) AS BIGINT) AS at_04,
    CAST(SUM(at_05) AS BIGINT) AS at_05,
    CAST(SUM(at_06) AS BIGINT) AS at_06,
    CAST(SUM(at_07) AS BIGINT) AS at_07,
    CAST(SUM(at_08) AS BIGINT) AS at_08,
    CAST(SUM(at_09) AS BIGINT) AS at_09,
    CAST(SUM(at_10) AS BIGINT) AS at_10,
    CAST(SUM(at_11) AS BIGINT) AS at_11,
    CAST(SUM(at_12) AS BIGINT) AS at_12
  FROM at_site
  GROUP BY
    person_key
)
SELECT
  *
FROM at_any
WHERE
  GREATEST(at_00, at_01, at_02, at_03, at_04, at_05, at_06, at_07, at_08, at_09, at_10, at_11, at_12) >= :least
