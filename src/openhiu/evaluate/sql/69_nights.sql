-- Stretches of nights in hospital, each night once: stays that meet or overlap are one stretch. The
-- night of a day begins on that day. Read from the last stay back, an order that every engine
-- treats alike.
with ordered as (
    select
        person_key,
        first_day,
        last_day,
        min(first_day) over (
            partition by person_key order by last_day desc, first_day desc
            rows between unbounded preceding and 1 preceding
        ) as earliest_after
    from stays
    where last_day > first_day
),
stretches as (
    select
        person_key,
        first_day,
        last_day,
        sum(case when earliest_after <= last_day then 0 else 1 end) over (
            partition by person_key order by last_day desc, first_day desc
            rows between unbounded preceding and current row
        ) as stretch
    from ordered
)
select person_key, min(first_day) as first_day, max(last_day) as last_day
from stretches
group by person_key, stretch
