-- run: the spec tables run this text on Apache Spark 4.3
/* What each list ranks: a list for every site, and one across all of them. */
SELECT
  site_code AS list_id,
  person_key,
  in_window,
  in_period,
  last_arrival
FROM counts
WHERE
  :any_listed_site OR site_code IN (:listed_sites)
UNION ALL
SELECT
  'ALL' AS list_id,
  person_key,
  CAST(SUM(in_window) AS BIGINT) AS in_window,
  CAST(SUM(in_period) AS BIGINT) AS in_period,
  MAX(last_arrival) AS last_arrival
FROM counts
WHERE
  :across_sites
GROUP BY
  person_key
