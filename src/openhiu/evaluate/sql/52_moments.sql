-- The attendances that count, by the rules of the live list: consultant-led departments, not
-- planned, not streamed away, not dead on arrival, and one a person, site and minute. An ambulance
-- on any row of a minute counts for it. Days are numbered from 1 January 1970, months are year
-- times 12 plus month.
with minutes as (
    select
        a.site_code,
        coalesce(same_person.who, a.person_key) as person_key,
        min(a.arrival_datetime) as arrival_datetime,
        max(case when a.arrival_mode in (:ambulance_modes) then 1 else 0 end) as by_ambulance
    from attendances as a
    left join same_person on same_person.person_key = a.person_key
    where a.person_key is not null
        and a.site_code is not null
        and a.arrival_datetime < :cut
        and coalesce(a.department_type, '') in (:departments)
        and coalesce(a.attendance_category, '') in (:categories)
        and coalesce(a.discharge_status, '') not in (:left_out_statuses)
    group by
        a.site_code,
        coalesce(same_person.who, a.person_key),
        date_trunc('minute', a.arrival_datetime)
)
select
    site_code,
    person_key,
    cast(
        extract(year from arrival_datetime) * 12 + extract(month from arrival_datetime) as integer
    ) as month_no,
    cast(
        date_diff('day', date '1970-01-01', cast(arrival_datetime as date)) as integer
    ) as day_no,
    by_ambulance
from minutes
