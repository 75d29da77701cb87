-- The most attendances in any 30 days in a row of the window, counted from each attendance on.
with starts as (
    select distinct list_id, person_key, arrival_datetime, day_number
    from listed_moments
    where in_window = 1 and :has_rolling
),
runs as (
    select a.list_id, a.person_key, a.arrival_datetime, count(*) as attendances
    from starts as a
    inner join listed_moments as b
        on b.list_id = a.list_id
        and b.person_key = a.person_key
        and b.in_window = 1
        and b.day_number >= a.day_number
        and b.day_number < a.day_number + 30
        and b.arrival_datetime >= a.arrival_datetime
    group by a.list_id, a.person_key, a.arrival_datetime
)
select list_id, person_key, max(attendances) as attendances
from runs
group by list_id, person_key
