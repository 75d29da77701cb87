-- run: the spec tables run this text on Apache Spark 4.3
/* How many person-months each site has, and in how many of them the person came once: in a whole */
/* department nearly all, in an extract of frequent attenders far fewer. */
SELECT
  site_code,
  COUNT(*) AS person_months,
  COUNT(CASE WHEN attendances = 1 THEN 1 END) AS with_one
FROM monthly
GROUP BY
  site_code
ORDER BY
  site_code NULLS LAST
