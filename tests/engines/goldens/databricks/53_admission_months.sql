-- generated, not run: nobody has tried this text on Databricks yet
/* Emergency admissions of each site in each month, and how many of them had no night in hospital. */
SELECT
  site_code,
  CAST(EXTRACT(YEAR FROM admission_datetime) * 12 + EXTRACT(MONTH FROM admission_datetime) AS INT) AS month_no,
  COUNT(*) AS stays,
  COUNT(
    CASE
      WHEN CAST(admission_datetime AS DATE) = CAST(discharge_datetime AS DATE)
      THEN 1
    END
  ) AS without_a_night
FROM admissions
WHERE
  admission_datetime < :as_of
  AND NOT site_code IS NULL
  AND (
    admission_method IN (:emergency_methods)
    OR (
      is_emergency AND NOT COALESCE(admission_method, '') IN (:emergency_methods)
    )
  )
GROUP BY
  site_code,
  CAST(EXTRACT(YEAR FROM admission_datetime) * 12 + EXTRACT(MONTH FROM admission_datetime) AS INT)
ORDER BY
  site_code NULLS LAST,
  month_no NULLS LAST
