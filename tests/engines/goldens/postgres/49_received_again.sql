-- run: the spec tables run this text on PostgreSQL 18
/* Rows of a month that stand in the month before as well: the same person, site and minute of the */
/* day under another date. Few do by chance; of a month that was sent twice all do. */
WITH marked AS (
  SELECT DISTINCT
    dataset,
    site_code,
    person_key,
    EXTRACT(YEAR FROM moment) * 12 + EXTRACT(MONTH FROM moment) AS month_number,
    EXTRACT(HOUR FROM moment) * 60 + EXTRACT(MINUTE FROM moment) AS minute_of_day
  FROM received
  WHERE
    NOT person_key IS NULL
)
SELECT
  later.dataset,
  later.site_code,
  later.month_number,
  COUNT(*) AS again
FROM marked AS later
INNER JOIN marked AS earlier
  ON earlier.dataset = later.dataset
  AND earlier.site_code = later.site_code
  AND earlier.person_key = later.person_key
  AND earlier.minute_of_day = later.minute_of_day
  AND earlier.month_number = later.month_number - 1
GROUP BY
  later.dataset,
  later.site_code,
  later.month_number
ORDER BY
  later.dataset,
  later.site_code COLLATE "C",
  later.month_number
