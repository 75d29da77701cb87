-- generated, not run: nobody has tried this text on Databricks yet
/* The hospital where each of them came most in the year, and last where two are alike. */
WITH ordered AS (
  SELECT
    counts.person_key,
    counts.site_code,
    ROW_NUMBER() OVER (
      PARTITION BY counts.person_key
      ORDER BY counts.in_period DESC, counts.last_arrival DESC, counts.site_code ASC NULLS LAST
    ) AS place
  FROM counts
  INNER JOIN reached
    ON reached.person_key = counts.person_key AND reached.kind = 'area'
)
SELECT
  person_key,
  site_code
FROM ordered
WHERE
  place = 1
