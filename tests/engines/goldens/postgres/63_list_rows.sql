-- run: the spec tables run this text on PostgreSQL 18
/* The rebuilt lists. `role`: `client` where support started within the month of this list at this */
/* site, `other` where it did not start before the next list, `elsewhere` where it started within */
/* the month at another site. */
SELECT
  placed.site_code,
  placed.list_no,
  placed.person_key,
  CAST(placed.place AS INT) AS place,
  placed.in_three,
  placed.in_twelve,
  list_dates.list_day,
  starts.start_day,
  CASE
    WHEN starts.start_day IS NULL OR starts.start_day >= list_dates.next_day
    THEN 'other'
    WHEN starts.site_code = placed.site_code
    THEN 'client'
    ELSE 'elsewhere'
  END AS role
FROM placed
INNER JOIN list_dates
  ON list_dates.site_code = placed.site_code AND list_dates.list_no = placed.list_no
LEFT JOIN starts
  ON starts.person_key = placed.person_key
WHERE
  placed.place <= :list_size
