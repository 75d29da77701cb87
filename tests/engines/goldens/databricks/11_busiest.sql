-- generated, not run: nobody has tried this text on Databricks yet
/* The most attendances in one calendar month of the window, and the month it was. */
WITH monthly AS (
  SELECT
    list_id,
    person_key,
    month_number,
    COUNT(*) AS attendances
  FROM listed_moments
  WHERE
    in_window = 1
  GROUP BY
    list_id,
    person_key,
    month_number
), ordered AS (
  SELECT
    list_id,
    person_key,
    month_number,
    attendances,
    ROW_NUMBER() OVER (PARTITION BY list_id, person_key ORDER BY attendances DESC, month_number DESC) AS place
  FROM monthly
)
SELECT
  list_id,
  person_key,
  month_number,
  attendances
FROM ordered
WHERE
  place = 1
