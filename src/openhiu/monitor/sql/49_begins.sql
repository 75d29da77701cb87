-- From when on attendances are known at all, within the two years.
select min(arrival_datetime) as oldest
from attendances
where arrival_datetime >= :since and arrival_datetime < :as_of
