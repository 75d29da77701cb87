-- The most attendances in any 30 days in a row of the window, counted from each attendance on.
with runs as (
    select a.list_id, a.person_key, a.arrival_datetime, count(*) as attendances
    from listed_moments as a
    inner join listed_moments as b
        on b.list_id = a.list_id
        and b.person_key = a.person_key
        and b.in_window = 1
        and b.day_number >= a.day_number
        and b.day_number < a.day_number + 30
        and b.arrival_datetime >= a.arrival_datetime
    where a.in_window = 1 and :has_rolling
    group by a.list_id, a.person_key, a.arrival_datetime
)
select list_id, person_key, max(attendances) as attendances
from runs
group by list_id, person_key
