-- run: the spec tables run this text on Apache Spark 4.3
/* How many sites each candidate attended: in the window, or in the 12 months if never in it. Where */
/* there is one, `a_site` is its code. */
SELECT
  person_key,
  CASE
    WHEN MAX(CASE WHEN arrival_datetime >= :window_start THEN 1 ELSE 0 END) = 1
    THEN COUNT(DISTINCT CASE WHEN arrival_datetime >= :window_start THEN site_code END)
    ELSE COUNT(DISTINCT site_code)
  END AS sites,
  COALESCE(
    MIN(CASE WHEN arrival_datetime >= :window_start THEN site_code END),
    MIN(site_code)
  ) AS a_site
FROM moments
GROUP BY
  person_key
