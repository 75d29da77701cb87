-- What each list ranks: a list for every site, and one across all of them.
select site_code as list_id, person_key, in_window, in_period, last_arrival
from counts
where :any_listed_site or site_code in (:listed_sites)
union all
select
    'ALL' as list_id,
    person_key,
    cast(sum(in_window) as bigint) as in_window,
    cast(sum(in_period) as bigint) as in_period,
    max(last_arrival) as last_arrival
from counts
where :across_sites
group by person_key
