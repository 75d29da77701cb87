-- The newest attendance of each site in the 12 months, whatever its kind: is its data still coming?
select site_code, max(arrival_datetime) as newest
from attendances
where arrival_datetime >= :earliest
    and arrival_datetime < :as_of
    and site_code is not null
    and (:any_site or site_code in (:sites))
group by site_code
