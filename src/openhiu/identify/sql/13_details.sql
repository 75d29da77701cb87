-- What the list says of each candidate's attendances. Where none lies in the window (a rule over
-- 12 months listed them), first and last are those of the 12 months.
select
    list_id,
    person_key,
    count(case when arrival_datetime >= :year_start then 1 end) as in_year,
    count(case when in_window = 1 then 1 end) as in_window,
    count(case when in_window = 1 and by_ambulance = 1 then 1 end) as by_ambulance,
    count(case when in_window = 1 and admitted = 1 then 1 end) as admitted,
    coalesce(
        min(case when in_window = 1 then arrival_datetime end), min(arrival_datetime)
    ) as first_arrival,
    max(arrival_datetime) as last_arrival
from listed_moments
group by list_id, person_key
