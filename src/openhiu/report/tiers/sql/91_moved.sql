-- From which tier to which: people by their tier in the year before and in the year, 0 for neither.
with both_years as (
    select kind, unit, person_key, tier as was_in, 0 as is_in from levels_before
    union all
    select kind, unit, person_key, 0 as was_in, tier as is_in from levels_now
),
each_person as (
    select kind, unit, person_key, max(was_in) as was_in, max(is_in) as is_in
    from both_years
    group by kind, unit, person_key
)
select kind, unit, was_in, is_in, count(*) as people
from each_person
group by kind, unit, was_in, is_in
order by kind, unit, was_in, is_in
