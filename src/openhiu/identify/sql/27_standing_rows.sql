-- The attendances of the people asked about, by the first filter that leaves each out.
with walked as (
    select
        asked.person_id,
        case
            when steps.arrival_datetime is null then 1
            when steps.arrival_datetime < :period_start or steps.arrival_datetime >= :as_of then 1
            else steps.step
        end as step
    from steps
    inner join asked on asked.person_key = steps.person_key
)
select person_id, step, count(*) as attendances
from walked
group by person_id, step
