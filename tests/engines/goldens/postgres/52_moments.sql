-- run: the spec tables run this text on PostgreSQL 18
/* The attendances that count, by the rules of the live list: consultant-led departments, not */
/* planned, not streamed away, not dead on arrival, and one a person, site and minute. An ambulance */
/* on any row of a minute counts for it. Days are numbered from 1 January 1970, months are year */
/* times 12 plus month. */
WITH minutes AS (
  SELECT
    a.site_code,
    COALESCE(same_person.who, a.person_key) AS person_key,
    MIN(a.arrival_datetime) AS arrival_datetime,
    MAX(CASE WHEN a.arrival_mode IN (:ambulance_modes) THEN 1 ELSE 0 END) AS by_ambulance
  FROM attendances AS a
  LEFT JOIN same_person
    ON same_person.person_key = a.person_key
  WHERE
    NOT a.person_key IS NULL
    AND NOT a.site_code IS NULL
    AND a.arrival_datetime < :cut
    AND COALESCE(a.department_type, '') IN (:departments)
    AND COALESCE(a.attendance_category, '') IN (:categories)
    AND NOT COALESCE(a.discharge_status, '') IN (:left_out_statuses)
  GROUP BY
    a.site_code,
    COALESCE(same_person.who, a.person_key),
    DATE_TRUNC('MINUTE', a.arrival_datetime)
)
SELECT
  site_code,
  person_key,
  CAST(EXTRACT(YEAR FROM arrival_datetime) * 12 + EXTRACT(MONTH FROM arrival_datetime) AS INT) AS month_no,
  CAST((
    CAST(arrival_datetime AS DATE) - CAST('1970-01-01' AS DATE)
  ) AS INT) AS day_no,
  by_ambulance
FROM minutes
