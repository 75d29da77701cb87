-- generated, not run: nobody has tried this text on Databricks yet
/* Their counted attendances day by day, at every hospital in the store. */
SELECT
  moments.person_key,
  moments.day_no,
  CAST(COUNT(*) AS INT) AS attendances,
  CAST(SUM(moments.by_ambulance) AS INT) AS by_ambulance
FROM moments
INNER JOIN followed_people
  ON followed_people.person_key = moments.person_key
GROUP BY
  moments.person_key,
  moments.day_no
