-- run: the spec tables run this text on PostgreSQL 18
/* The followed people's calls to NHS 111, one a person and minute. */
WITH minutes AS (
  SELECT
    followed_people.person_key,
    MIN(c.call_datetime) AS call_datetime
  FROM calls_111 AS c
  LEFT JOIN same_person
    ON same_person.person_key = c.person_key
  INNER JOIN followed_people
    ON followed_people.person_key = COALESCE(same_person.who, c.person_key)
  WHERE
    c.call_datetime < :cut
  GROUP BY
    followed_people.person_key,
    DATE_TRUNC('MINUTE', c.call_datetime)
)
SELECT
  person_key,
  CAST((
    CAST(call_datetime AS DATE) - CAST('1970-01-01' AS DATE)
  ) AS INT) AS day_no
FROM minutes
