-- Everything that is counted as it happens, day by day.
select 'attendances' as outcome, person_key, day_no, attendances as events
from visit_days
union all
select 'ambulance_arrivals' as outcome, person_key, day_no, by_ambulance as events
from visit_days
where by_ambulance > 0
union all
select
    'emergency_admissions' as outcome,
    person_key,
    first_day as day_no,
    cast(count(*) as integer) as events
from stays
where admitted = 1
group by person_key, first_day
union all
select 'ambulance_calls' as outcome, person_key, day_no, cast(count(*) as integer) as events
from calls
group by person_key, day_no
union all
select 'conveyances' as outcome, person_key, day_no, cast(count(*) as integer) as events
from calls
where conveyed = 1
group by person_key, day_no
union all
select 'calls_111' as outcome, person_key, day_no, cast(count(*) as integer) as events
from calls_to_111
group by person_key, day_no
