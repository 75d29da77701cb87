-- generated, not run: nobody has tried this text on Databricks yet
/* Rows per person and site, before repeats of the same attendance are taken out. */
SELECT
  site_code,
  person_key,
  COUNT(CASE WHEN arrival_datetime >= :window_start THEN 1 END) AS in_window,
  COUNT(*) AS in_period,
  MAX(arrival_datetime) AS last_arrival
FROM visits
GROUP BY
  site_code,
  person_key
