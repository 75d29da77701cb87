-- Up to when each site's attendances are known: one hospital can fall silent while others go on.
select site_code, max(arrival_datetime) as newest
from attendances
where arrival_datetime >= :since and arrival_datetime < :as_of and site_code is not null
group by site_code
order by site_code
