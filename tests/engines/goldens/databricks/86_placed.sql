-- generated, not run: nobody has tried this text on Databricks yet
/* The one place of each of them: where they live, or else where they are registered, or else, where */
/* neither is known, that of the hospital where they came most. The others live elsewhere. */
SELECT
  known.person_key,
  COALESCE(
    place_lsoas.place,
    place_practices.place,
    CASE
      WHEN (
        known.lsoa IS NULL OR :no_place_lsoas
      )
      AND (
        known.gp_practice IS NULL OR :no_place_practices
      )
      THEN COALESCE(site_now.place, site_before.place)
    END,
    'elsewhere'
  ) AS place
FROM known
LEFT JOIN place_lsoas
  ON place_lsoas.code = known.lsoa
LEFT JOIN place_practices
  ON place_practices.code = known.gp_practice
LEFT JOIN main_site_now
  ON main_site_now.person_key = known.person_key
LEFT JOIN place_sites AS site_now
  ON site_now.code = main_site_now.site_code
LEFT JOIN main_site_before
  ON main_site_before.person_key = known.person_key
LEFT JOIN place_sites AS site_before
  ON site_before.code = main_site_before.site_code
