-- Up to when each dataset knows anything at all, before the as-of date; null where the store holds
-- nothing of it, which is not the same as nobody having come.
select 'attendances' as dataset, max(arrival_datetime) as newest
from attendances
where arrival_datetime < :as_of
union all
select 'admissions' as dataset, max(admission_datetime) as newest
from admissions
where admission_datetime < :as_of
union all
select 'ambulance' as dataset, max(call_datetime) as newest
from ambulance
where call_datetime < :as_of
union all
select 'calls_111' as dataset, max(call_datetime) as newest
from calls_111
where call_datetime < :as_of
