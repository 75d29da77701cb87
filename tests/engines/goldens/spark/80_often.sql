-- run: the spec tables run this text on Apache Spark 4.3
/* Everyone who may have been in a tier at all: whoever came often enough in the two years, repeats */
/* and what does not count among it. Counting them alone is quicker, and nobody else can be in one. */
SELECT
  person_key
FROM attendances
WHERE
  NOT person_key IS NULL
  AND arrival_datetime >= :earliest
  AND arrival_datetime < :as_of
GROUP BY
  person_key
HAVING
  COUNT(*) >= :least
