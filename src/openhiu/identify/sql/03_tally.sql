-- Rows per person and site, before repeats of the same attendance are taken out.
select
    site_code,
    person_key,
    count(case when arrival_datetime >= :window_start then 1 end) as in_window,
    count(*) as in_period,
    max(arrival_datetime) as last_arrival
from visits
group by site_code, person_key
