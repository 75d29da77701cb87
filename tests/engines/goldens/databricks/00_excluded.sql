-- generated, not run: nobody has tried this text on Databricks yet
/* People set aside by name, with a reason, for as long as the reason holds. */
SELECT DISTINCT
  persons.person_key
FROM exclusions
INNER JOIN persons
  ON persons.person_id = exclusions.person_id
WHERE
  exclusions.until IS NULL OR exclusions.until >= :as_of_date
