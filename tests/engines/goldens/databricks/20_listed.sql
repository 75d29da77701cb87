-- generated, not run: nobody has tried this text on Databricks yet
/* The list: everyone within the top rule and everyone whom another rule lists, with the facts. */
SELECT
  ranked.list_id,
  ranked.place,
  ranked.person_key,
  ranked.person_id,
  ranked.in_window,
  details.in_year,
  details.by_ambulance,
  details.admitted,
  details.first_arrival,
  details.last_arrival,
  COALESCE(busiest.attendances, 0) AS max_in_month,
  busiest.month_number AS busiest_month,
  COALESCE(rolling.attendances, 0) AS max_in_30_days,
  COALESCE(visited.sites, 1) AS sites,
  visited.a_site,
  spells.admissions,
  CASE
    WHEN :has_top AND ranked.in_window > 0 AND ranked.place <= :top_n
    THEN 1
    ELSE 0
  END AS by_top,
  COALESCE(qualifiers.by_month, 0) AS by_month,
  COALESCE(qualifiers.by_rolling, 0) AS by_rolling,
  COALESCE(qualifiers.by_window, 0) AS by_window,
  COALESCE(qualifiers.by_year, 0) AS by_year
FROM ranked
LEFT JOIN qualifiers
  ON qualifiers.list_id = ranked.list_id AND qualifiers.person_key = ranked.person_key
LEFT JOIN details
  ON details.list_id = ranked.list_id AND details.person_key = ranked.person_key
LEFT JOIN busiest
  ON busiest.list_id = ranked.list_id AND busiest.person_key = ranked.person_key
LEFT JOIN rolling
  ON rolling.list_id = ranked.list_id AND rolling.person_key = ranked.person_key
LEFT JOIN visited
  ON visited.person_key = ranked.person_key
LEFT JOIN spells
  ON spells.person_key = ranked.person_key
WHERE
  NOT qualifiers.person_key IS NULL
  OR (
    :has_top AND ranked.in_window > 0 AND ranked.place <= :top_n
  )
