-- run: the spec tables run this text on PostgreSQL 18
/* The place of each: most in three months, then most in 12, then the identifier. */
SELECT
  site_code,
  list_no,
  person_key,
  in_three,
  in_twelve,
  ROW_NUMBER() OVER (
    PARTITION BY site_code, list_no
    ORDER BY in_three DESC NULLS LAST, in_twelve DESC NULLS LAST, person_id COLLATE "C" DESC NULLS LAST
  ) AS place
FROM at_or_above
