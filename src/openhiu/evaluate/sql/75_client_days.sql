-- The attendances of clients from the start of support to the end of what can be seen, day by day.
select followed.row_no, v.day_no, v.attendances
from followed
inner join visit_days as v
    on v.person_key = followed.person_key
    and v.day_no >= followed.index_day
    and v.day_no < followed.end_day
where followed.role = 'client'
order by followed.row_no, v.day_no
