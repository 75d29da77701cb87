-- The rows with what is known of their people on the list date.
select
    followed.row_no,
    followed.site_code,
    followed.list_no,
    followed.person_key,
    followed.place,
    followed.list_day,
    followed.index_day,
    followed.end_day,
    followed.role,
    births.born_month,
    births.born_day,
    coalesce(sexes.female, 0) as female,
    flags.flag
from followed
left join births on births.person_key = followed.person_key
left join sexes on sexes.person_key = followed.person_key
left join flags on flags.person_key = followed.person_key
order by followed.row_no
