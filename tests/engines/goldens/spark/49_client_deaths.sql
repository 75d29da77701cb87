-- run: the spec tables run this text on Apache Spark 4.3
/* Clients of whom the people table knows that they died before the as-of date. */
SELECT DISTINCT
  clients.person_ref
FROM clients
INNER JOIN persons
  ON persons.person_key = clients.person_key
INNER JOIN people
  ON people.person_id = persons.person_id
WHERE
  people.death_date < :as_of
