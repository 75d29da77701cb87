-- Attendances per person and site, each moment once. Only people with more than one row can have
-- repeats, so only their rows are looked at again.
with repeated as (
    select visits.site_code, visits.person_key, min(visits.arrival_datetime) as arrival_datetime
    from visits
    inner join tally
        on tally.site_code = visits.site_code and tally.person_key = visits.person_key
    where tally.in_period > 1
    group by
        visits.site_code,
        visits.person_key,
        case
            when :by_minute then date_trunc('minute', visits.arrival_datetime)
            else date_trunc('second', visits.arrival_datetime)
        end
)
select
    site_code,
    person_key,
    count(case when arrival_datetime >= :window_start then 1 end) as in_window,
    count(*) as in_period,
    max(arrival_datetime) as last_arrival
from repeated
group by site_code, person_key
union all
select site_code, person_key, in_window, in_period, last_arrival
from tally
where in_period = 1
