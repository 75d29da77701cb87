-- generated, not run: nobody has tried this text on Databricks yet
/* Counted attendances per person, site and calendar month, at the sites of the roster. */
SELECT
  moments.site_code,
  moments.person_key,
  moments.month_no,
  CAST(COUNT(*) AS INT) AS attendances
FROM moments
INNER JOIN list_sites
  ON list_sites.site_code = moments.site_code
GROUP BY
  moments.site_code,
  moments.person_key,
  moments.month_no
