-- generated, not run: nobody has tried this text on Databricks yet
/* What each site sent in each month: all rows, those of the counted kind (linked to a person or */
/* not), those of same day emergency care, and those of each other kind of department. */
SELECT
  site_code,
  CAST(EXTRACT(YEAR FROM arrival_datetime) * 12 + EXTRACT(MONTH FROM arrival_datetime) AS INT) AS month_no,
  COUNT(*) AS sent,
  COUNT(
    CASE
      WHEN COALESCE(department_type, '') IN (:departments)
      AND COALESCE(attendance_category, '') IN (:categories)
      AND NOT COALESCE(discharge_status, '') IN (:left_out_statuses)
      THEN 1
    END
  ) AS counted,
  COUNT(CASE WHEN COALESCE(department_type, '') IN (:departments) THEN 1 END) AS of_departments,
  COUNT(CASE WHEN department_type = '05' THEN 1 END) AS same_day_care,
  COUNT(CASE WHEN person_key IS NULL THEN 1 END) AS unlinked,
  MIN(arrival_datetime) AS oldest,
  MAX(arrival_datetime) AS newest
FROM attendances
WHERE
  NOT site_code IS NULL AND arrival_datetime < :as_of
GROUP BY
  site_code,
  CAST(EXTRACT(YEAR FROM arrival_datetime) * 12 + EXTRACT(MONTH FROM arrival_datetime) AS INT)
ORDER BY
  site_code NULLS LAST,
  month_no NULLS LAST
