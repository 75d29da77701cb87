-- generated, not run: nobody has tried this text on Databricks yet
/* Everyone who could have been in a tier in any 12 months of the two years. */
SELECT
  person_key
FROM counts
GROUP BY
  person_key
HAVING
  SUM(in_period) >= :least
