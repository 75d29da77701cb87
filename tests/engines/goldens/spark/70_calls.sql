-- run: the spec tables run this text on Apache Spark 4.3
/* The followed people's ambulance call-outs, one a person and minute. `conveyed`: 1 where the */
/* person was taken somewhere. */
WITH minutes AS (
  SELECT
    followed_people.person_key,
    MIN(a.call_datetime) AS call_datetime,
    MAX(CASE WHEN NOT COALESCE(a.conveyed_to, '') IN ('', 'ZZZZZ') THEN 1 ELSE 0 END) AS conveyed
  FROM ambulance AS a
  LEFT JOIN same_person
    ON same_person.person_key = a.person_key
  INNER JOIN followed_people
    ON followed_people.person_key = COALESCE(same_person.who, a.person_key)
  WHERE
    a.call_datetime < :cut
  GROUP BY
    followed_people.person_key,
    MAKE_TIMESTAMP_NTZ(
      YEAR(a.call_datetime),
      MONTH(a.call_datetime),
      DAY(a.call_datetime),
      HOUR(a.call_datetime),
      MINUTE(a.call_datetime),
      0
    )
)
SELECT
  person_key,
  CAST(DATEDIFF(CAST(call_datetime AS DATE), CAST('1970-01-01' AS DATE)) AS INT) AS day_no,
  conveyed
FROM minutes
