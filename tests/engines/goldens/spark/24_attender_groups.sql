-- run: the spec tables run this text on Apache Spark 4.3
/* Everyone who attended in the period of the rules, by age on the as-of date, sex, ethnic category and */
/* deprivation, and whether they are listed. The people table goes before the latest attendance, as */
/* on the list itself. */
WITH last_arrivals AS (
  SELECT
    person_key,
    MAX(last_arrival) AS last_arrival
  FROM counts
  WHERE
    :any_listed_site OR site_code IN (:listed_sites)
  GROUP BY
    person_key
), latest AS (
  SELECT
    steps.person_key,
    steps.birth_date,
    steps.age,
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
), known AS (
  SELECT
    latest.person_key,
    COALESCE(people.birth_date, latest.birth_date) AS birth_date,
    latest.age,
    COALESCE(people.sex, latest.sex) AS sex,
    COALESCE(people.ethnic_category, latest.ethnic_category) AS ethnic_category,
    COALESCE(people.imd_decile, latest.imd_decile) AS imd_decile
  FROM latest
  LEFT JOIN persons
    ON persons.person_key = latest.person_key
  LEFT JOIN people
    ON people.person_id = persons.person_id
  WHERE
    latest.place = 1
), grouped AS (
  SELECT
    CASE
      WHEN birth_date IS NULL
      THEN age
      ELSE CAST(FLOOR(
        (
          :as_of_number - (
            EXTRACT(YEAR FROM birth_date) * 10000 + EXTRACT(MONTH FROM birth_date) * 100 + EXTRACT(DAY FROM birth_date)
          )
        ) / 10000.0
      ) AS INT)
    END AS age,
    sex,
    ethnic_category,
    imd_decile,
    CASE WHEN NOT on_a_list.person_key IS NULL THEN 1 ELSE 0 END AS listed
  FROM known
  LEFT JOIN (
    SELECT DISTINCT
      person_key
    FROM listed
  ) AS on_a_list
    ON on_a_list.person_key = known.person_key
)
SELECT
  age,
  sex,
  ethnic_category,
  imd_decile,
  listed,
  COUNT(*) AS people
FROM grouped
GROUP BY
  age,
  sex,
  ethnic_category,
  imd_decile,
  listed
