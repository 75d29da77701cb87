-- run: the spec tables run this text on PostgreSQL 18
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
    ROW_NUMBER() OVER (
      PARTITION BY list_id, person_key
      ORDER BY attendances DESC NULLS LAST, month_number DESC NULLS LAST
    ) AS place
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
