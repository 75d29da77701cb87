-- generated, not run: nobody has tried this text on Databricks yet
/* The place of each: most in three months, then most in 12, then the identifier. */
SELECT
  site_code,
  list_no,
  person_key,
  in_three,
  in_twelve,
  ROW_NUMBER() OVER (
    PARTITION BY site_code, list_no
    ORDER BY in_three DESC, in_twelve DESC, person_id DESC
  ) AS place
FROM at_or_above
