-- generated, not run: nobody has tried this text on Databricks yet
/* Emergency admissions of each person that began in the year, short (at most one night) and longer */
/* ones apart, and nights in hospital that fell into it. */
WITH begun AS (
  SELECT
    person_key,
    COUNT(*) AS admissions,
    COUNT(CASE WHEN last_day - first_day <= 1 THEN 1 END) AS short_stays
  FROM stays
  WHERE
    admitted = 1 AND first_day >= :first_day AND first_day < :end_day
  GROUP BY
    person_key
), slept AS (
  SELECT
    person_key,
    SUM(LEAST(last_day, :end_day) - GREATEST(first_day, :first_day)) AS bed_days
  FROM nights
  WHERE
    last_day > :first_day AND first_day < :end_day
  GROUP BY
    person_key
)
SELECT
  followed_people.person_key,
  COALESCE(begun.admissions, 0) AS admissions,
  COALESCE(begun.short_stays, 0) AS short_stays,
  CAST(COALESCE(slept.bed_days, 0) AS BIGINT) AS bed_days
FROM followed_people
LEFT JOIN begun
  ON begun.person_key = followed_people.person_key
LEFT JOIN slept
  ON slept.person_key = followed_people.person_key
