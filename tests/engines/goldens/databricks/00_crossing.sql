-- generated, not run: nobody has tried this text on Databricks yet
/* People without a date of birth whose recorded age passes a bound during the year: */
/* their latest age decides for all their attendances, so that nobody is half counted. */
SELECT
  person_key,
  MAX(age) AS age
FROM attendances
WHERE
  birth_date IS NULL
  AND NOT person_key IS NULL
  AND age IN (:youngest - 1, :youngest, :oldest, :oldest + 1)
  AND arrival_datetime >= :earliest
  AND arrival_datetime < :as_of
GROUP BY
  person_key
HAVING
  MIN(attendances.age) < MAX(attendances.age)
