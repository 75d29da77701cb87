-- The place of each: most in three months, then most in 12, then the identifier.
select
    site_code,
    list_no,
    person_key,
    in_three,
    in_twelve,
    row_number() over (
        partition by site_code, list_no
        order by in_three desc, in_twelve desc, person_id desc
    ) as place
from at_or_above
