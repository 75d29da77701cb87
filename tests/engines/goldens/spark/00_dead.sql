-- run: the spec tables run this text on Apache Spark 4.3
/* People known to have died: by the people table, whenever that was; or by an attendance or a */
/* spell that ended in death with no attendance afterwards. Deaths before the year need no look: */
/* whoever came during the year came after them. */
WITH ended AS (
  SELECT
    person_key,
    arrival_datetime AS died_at
  FROM attendances
  WHERE
    NOT person_key IS NULL
    AND arrival_datetime >= :earliest
    AND (
      discharge_destination = :mortuary OR discharge_status IN (:dead_on_arrival)
    )
  UNION ALL
  SELECT
    person_key,
    discharge_datetime AS died_at
  FROM admissions
  WHERE
    NOT person_key IS NULL
    AND discharge_method = '4'
    AND discharge_datetime >= :earliest
), last_seen AS (
  SELECT
    attendances.person_key,
    MAX(attendances.arrival_datetime) AS last_arrival
  FROM attendances
  INNER JOIN (
    SELECT DISTINCT
      person_key
    FROM ended
  ) AS endings
    ON endings.person_key = attendances.person_key
  WHERE
    attendances.arrival_datetime >= :earliest
  GROUP BY
    attendances.person_key
)
SELECT
  persons.person_key
FROM people
INNER JOIN persons
  ON persons.person_id = people.person_id
WHERE
  NOT people.death_date IS NULL
UNION
SELECT
  ended.person_key
FROM ended
LEFT JOIN last_seen
  ON last_seen.person_key = ended.person_key
WHERE
  last_seen.person_key IS NULL OR last_seen.last_arrival <= ended.died_at
