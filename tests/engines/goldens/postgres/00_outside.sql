-- run: the spec tables run this text on PostgreSQL 18
/* People who by their latest attendance of the year live outside the commissioned area and are */
/* registered outside it. Someone with neither an address nor a practice is kept: they may well be */
/* homeless, and nothing says that they are from elsewhere. */
WITH placed AS (
  SELECT
    person_key,
    arrival_datetime,
    CASE WHEN lsoa IN (
      SELECT
        code
      FROM footprint_lsoas
    ) THEN 1 ELSE 0 END AS lives_in,
    CASE
      WHEN gp_practice IN (
        SELECT
          code
        FROM footprint_practices
      )
      THEN 1
      ELSE 0
    END AS registered_in
  FROM attendances
  WHERE
    NOT person_key IS NULL
    AND (
      NOT lsoa IS NULL OR NOT gp_practice IS NULL
    )
    AND arrival_datetime >= :year_start
    AND arrival_datetime < :as_of
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
