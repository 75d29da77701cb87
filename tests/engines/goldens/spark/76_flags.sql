-- run: the spec tables run this text on Apache Spark 4.3
/* The yes or no of the social flag for the followed people whom its file knows. */
WITH known AS (
  SELECT
    persons.person_key,
    social_flags.flag
  FROM social_flags
  INNER JOIN persons
    ON persons.person_id = social_flags.person_id
  UNION ALL
  SELECT
    persons.person_key,
    social_flags.flag
  FROM social_flags
  INNER JOIN people
    ON people.nhs_number = social_flags.person_id
  INNER JOIN persons
    ON persons.person_id = people.person_id
)
SELECT
  followed_people.person_key,
  MAX(known.flag) AS flag
FROM known
LEFT JOIN same_person
  ON same_person.person_key = known.person_key
INNER JOIN followed_people
  ON followed_people.person_key = COALESCE(same_person.who, known.person_key)
GROUP BY
  followed_people.person_key
