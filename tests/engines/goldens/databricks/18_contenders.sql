-- generated, not run: nobody has tried this text on Databricks yet
/* Everyone at or above the floor of their list, with the identifier that breaks ties. */
SELECT
  attenders.list_id,
  attenders.person_key,
  persons.person_id,
  attenders.in_window,
  attenders.last_arrival
FROM attenders
INNER JOIN floor_of_list
  ON floor_of_list.list_id = attenders.list_id
INNER JOIN persons
  ON persons.person_key = attenders.person_key
WHERE
  attenders.in_window >= floor_of_list.in_window
