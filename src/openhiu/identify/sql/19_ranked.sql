-- The rank: most attendances in the window, then the latest arrival, then the identifier.
select
    list_id,
    person_key,
    person_id,
    in_window,
    row_number() over (
        partition by list_id order by in_window desc, last_arrival desc, person_id asc
    ) as place
from contenders
