-- run: the spec tables run this text on PostgreSQL 18
/* People who live outside the commissioned area and are registered outside it: by the people table */
/* where it knows, or else by their latest attendance of the year. Someone with neither an address nor a practice is kept: they may well be */
/* homeless, and nothing says that they are from elsewhere. */
WITH said AS (
  SELECT
    person_key,
    arrival_datetime,
    lsoa,
    gp_practice
  FROM attendances
  WHERE
    arrival_datetime >= :earliest AND arrival_datetime < :as_of
  UNION ALL
  SELECT
    persons.person_key,
    CAST(:as_of AS TIMESTAMP) AS arrival_datetime,
    people.lsoa,
    people.gp_practice
  FROM people
  INNER JOIN persons
    ON persons.person_id = people.person_id
), placed AS (
  SELECT
    person_key,
    arrival_datetime,
    CASE WHEN NOT footprint_lsoas.code IS NULL THEN 1 ELSE 0 END AS lives_in,
    CASE WHEN NOT footprint_practices.code IS NULL THEN 1 ELSE 0 END AS registered_in
  FROM said
  LEFT JOIN footprint_lsoas
    ON footprint_lsoas.code = said.lsoa
  LEFT JOIN footprint_practices
    ON footprint_practices.code = said.gp_practice
  WHERE
    NOT person_key IS NULL AND (
      NOT lsoa IS NULL OR NOT gp_practice IS NULL
    )
), latest AS (
  SELECT
    person_key,
    MAX(arrival_datetime) AS latest,
    MAX(
      CASE
        WHEN :either_is_enough AND (
          lives_in = 1 OR registered_in = 1
        )
        THEN arrival_datetime
        WHEN (
          lives_in = 1 OR :no_lsoas
        )
        AND (
          registered_in = 1 OR :no_practices
        )
        THEN arrival_datetime
      END
    ) AS latest_inside
  FROM placed
  GROUP BY
    person_key
)
SELECT
  person_key
FROM latest
WHERE
  latest_inside IS NULL OR latest_inside < latest
