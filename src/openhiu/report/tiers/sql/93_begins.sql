-- The first and the newest attendance that each hospital sent.
select site_code, min(arrival_datetime) as first_arrival, max(arrival_datetime) as newest
from attendances
where site_code is not null
    and arrival_datetime < :as_of
    and (:any_site or site_code in (:sites))
group by site_code
order by site_code
