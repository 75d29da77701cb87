-- run: the spec tables run this text on Apache Spark 4.3
/* The day somebody died, where it is known: by the people table, by the roster, or by an attendance */
/* or a stay that ended in death with no attendance on a later day. */
WITH ended AS (
  SELECT
    asked.person_key,
    DATEDIFF(CAST(a.arrival_datetime AS DATE), CAST('1970-01-01' AS DATE)) AS day_no
  FROM attendances AS a
  LEFT JOIN same_person
    ON same_person.person_key = a.person_key
  INNER JOIN asked
    ON asked.person_key = COALESCE(same_person.who, a.person_key)
  WHERE
    a.discharge_destination = :mortuary OR a.discharge_status IN (:dead_on_arrival)
  UNION ALL
  SELECT
    asked.person_key,
    DATEDIFF(CAST(a.discharge_datetime AS DATE), CAST('1970-01-01' AS DATE)) AS day_no
  FROM admissions AS a
  LEFT JOIN same_person
    ON same_person.person_key = a.person_key
  INNER JOIN asked
    ON asked.person_key = COALESCE(same_person.who, a.person_key)
  WHERE
    a.discharge_method = '4' AND NOT a.discharge_datetime IS NULL
), last_seen AS (
  SELECT
    moments.person_key,
    MAX(moments.day_no) AS day_no
  FROM moments
  INNER JOIN (
    SELECT DISTINCT
      person_key
    FROM ended
  ) AS endings
    ON endings.person_key = moments.person_key
  GROUP BY
    moments.person_key
), told AS (
  SELECT
    asked.person_key,
    DATEDIFF(CAST(people.death_date AS DATE), CAST('1970-01-01' AS DATE)) AS day_no
  FROM people
  INNER JOIN persons
    ON persons.person_id = people.person_id
  LEFT JOIN same_person
    ON same_person.person_key = persons.person_key
  INNER JOIN asked
    ON asked.person_key = COALESCE(same_person.who, persons.person_key)
  WHERE
    NOT people.death_date IS NULL
  UNION ALL
  SELECT
    ended.person_key,
    ended.day_no
  FROM ended
  LEFT JOIN last_seen
    ON last_seen.person_key = ended.person_key
  WHERE
    last_seen.person_key IS NULL OR last_seen.day_no <= ended.day_no
  UNION ALL
  SELECT
    person_key,
    death_day AS day_no
  FROM starts
  WHERE
    NOT death_day IS NULL
)
SELECT
  person_key,
  CAST(MIN(day_no) AS INT) AS day_no
FROM told
GROUP BY
  person_key
