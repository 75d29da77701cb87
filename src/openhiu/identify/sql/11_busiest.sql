-- The most attendances in one calendar month of the window, and the month it was.
with monthly as (
    select list_id, person_key, month_number, count(*) as attendances
    from listed_moments
    where in_window = 1
    group by list_id, person_key, month_number
),
ordered as (
    select
        list_id,
        person_key,
        month_number,
        attendances,
        row_number() over (
            partition by list_id, person_key order by attendances desc, month_number desc
        ) as place
    from monthly
)
select list_id, person_key, month_number, attendances
from ordered
where place = 1
