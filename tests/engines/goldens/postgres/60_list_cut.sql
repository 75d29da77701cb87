-- run: the spec tables run this text on PostgreSQL 18
/* Where each list is cut: the count of the person in the last place. */
WITH running AS (
  SELECT
    site_code,
    list_no,
    in_three,
    SUM(not_started) OVER (
      PARTITION BY site_code, list_no
      ORDER BY in_three DESC NULLS LAST
      rows BETWEEN UNBOUNDED preceding AND CURRENT ROW
    ) AS at_or_above
  FROM list_levels
)
SELECT
  site_code,
  list_no,
  MAX(CASE WHEN at_or_above >= :list_size THEN in_three ELSE 2 END) AS in_three
FROM running
GROUP BY
  site_code,
  list_no
