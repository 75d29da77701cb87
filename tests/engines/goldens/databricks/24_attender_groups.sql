-- generated, not run: nobody has tried this text on Databricks yet
/* How many people attended in the window, by age, sex, ethnic category and deprivation as their */
/* latest attendance has them: what those listed are compared with. */
WITH last_arrivals AS (
  SELECT
    person_key,
    MAX(last_arrival) AS last_arrival
  FROM counts
  WHERE
    in_window > 0
  GROUP BY
    person_key
), latest AS (
  SELECT
    steps.person_key,
    COALESCE(
      steps.age,
      CAST(FLOOR(
        (
          :as_of_number - (
            EXTRACT(YEAR FROM steps.birth_date) * 10000 + EXTRACT(MONTH FROM steps.birth_date) * 100 + EXTRACT(DAY FROM steps.birth_date)
          )
        ) / 10000.0
      ) AS INT)
    ) AS age,
    steps.sex,
    steps.ethnic_category,
    steps.imd_decile,
    ROW_NUMBER() OVER (
      PARTITION BY steps.person_key
      ORDER BY steps.site_code ASC NULLS LAST, steps.age ASC NULLS LAST, steps.sex ASC NULLS LAST
    ) AS place
  FROM steps
  INNER JOIN last_arrivals
    ON last_arrivals.person_key = steps.person_key
    AND last_arrivals.last_arrival = steps.arrival_datetime
  WHERE
    steps.step = 99
)
SELECT
  age,
  sex,
  ethnic_category,
  imd_decile,
  COUNT(*) AS people
FROM latest
WHERE
  place = 1
GROUP BY
  age,
  sex,
  ethnic_category,
  imd_decile
