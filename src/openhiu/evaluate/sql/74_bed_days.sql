-- Nights in hospital of each row's person in the same spans; a stay across a boundary is divided.
with spans as (
    select
        followed.row_no,
        followed.index_day,
        greatest(nights.first_day, followed.index_day - 360) as first_day,
        least(nights.last_day, followed.end_day, followed.index_day + 360) as last_day
    from followed
    inner join nights
        on nights.person_key = followed.person_key
        and nights.last_day > followed.index_day - 360
        and nights.first_day < followed.end_day
        and nights.first_day < followed.index_day + 360
),
cut_up as (
    select
        row_no,
        least(last_day, index_day + 90) - greatest(first_day, index_day) as g0,
        least(last_day, index_day + 180) - greatest(first_day, index_day + 90) as g1,
        least(last_day, index_day + 270) - greatest(first_day, index_day + 180) as g2,
        last_day - greatest(first_day, index_day + 270) as g3,
        least(last_day, index_day) - greatest(first_day, index_day - 90) as b90,
        least(last_day, index_day) - first_day as b360
    from spans
)
select
    row_no,
    'bed_days' as outcome,
    sum(case when g0 > 0 then g0 else 0 end) as days_0_90,
    sum(case when g1 > 0 then g1 else 0 end) as days_90_180,
    sum(case when g2 > 0 then g2 else 0 end) as days_180_270,
    sum(case when g3 > 0 then g3 else 0 end) as days_270_360,
    sum(case when b90 > 0 then b90 else 0 end) as before_90,
    sum(case when b360 > 0 then b360 else 0 end) as before_360
from cut_up
group by row_no
order by row_no
