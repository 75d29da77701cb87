-- Everyone accounted for: attendances and people by the last filter they pass.
with walked as (
    select
        steps.person_key,
        case
            when steps.arrival_datetime is null then 1
            when steps.arrival_datetime < :period_start or steps.arrival_datetime >= :as_of then 1
            else steps.step
        end as step
    from steps
),
furthest as (
    select person_key, max(step) as step
    from walked
    where person_key is not null
    group by person_key
),
rows_by_step as (
    select step, count(*) as attendances from walked group by step
),
people_by_step as (
    select step, count(*) as people from furthest group by step
)
select
    rows_by_step.step,
    rows_by_step.attendances,
    coalesce(people_by_step.people, 0) as people
from rows_by_step
left join people_by_step on people_by_step.step = rows_by_step.step
