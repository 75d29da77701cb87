-- The same, once for each list a candidate stands on.
select
    candidates.list_id,
    moments.person_key,
    moments.arrival_datetime,
    moments.by_ambulance,
    moments.admitted,
    case when moments.arrival_datetime >= :window_start then 1 else 0 end as in_window,
    extract(year from moments.arrival_datetime) * 12
    + extract(month from moments.arrival_datetime) as month_number,
    date_diff('day', date '2000-01-01', cast(moments.arrival_datetime as date)) as day_number
from moments
inner join candidates
    on candidates.person_key = moments.person_key
    and (candidates.list_id = moments.site_code or candidates.list_id = 'ALL')
