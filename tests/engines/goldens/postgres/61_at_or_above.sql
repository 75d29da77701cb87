-- run: the spec tables run this text on PostgreSQL 18
/* Everyone at or above the cut who had not started, with the count of 12 months and the identifier, */
/* which break ties. */
WITH standing AS (
  SELECT
    eligible.site_code,
    eligible.list_no,
    eligible.person_key,
    eligible.in_three
  FROM eligible
  INNER JOIN list_cut
    ON list_cut.site_code = eligible.site_code AND list_cut.list_no = eligible.list_no
  WHERE
    eligible.started = 0 AND eligible.in_three >= list_cut.in_three
), years AS (
  SELECT
    standing.site_code,
    standing.list_no,
    standing.person_key,
    standing.in_three,
    CAST(SUM(monthly.attendances) AS INT) AS in_twelve
  FROM standing
  INNER JOIN monthly
    ON monthly.site_code = standing.site_code
    AND monthly.person_key = standing.person_key
    AND monthly.month_no >= standing.list_no - 12
    AND monthly.month_no < standing.list_no
  GROUP BY
    standing.site_code,
    standing.list_no,
    standing.person_key,
    standing.in_three
)
SELECT
  years.*,
  persons.person_id
FROM years
INNER JOIN persons
  ON persons.person_key = years.person_key
