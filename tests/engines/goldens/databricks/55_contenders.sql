-- generated, not run: nobody has tried this text on Databricks yet
/* Everyone with two or more attendances at a site in the three calendar months before a list date. */
SELECT
  list_months.site_code,
  list_months.list_no,
  monthly.person_key,
  CAST(SUM(monthly.attendances) AS INT) AS in_three
FROM monthly
INNER JOIN list_months
  ON list_months.site_code = monthly.site_code
  AND list_months.month_no = monthly.month_no
GROUP BY
  list_months.site_code,
  list_months.list_no,
  monthly.person_key
HAVING
  SUM(monthly.attendances) >= 2
