-- From when to when each further dataset knows anything; null where the store holds nothing of it.
select
    'admissions' as dataset,
    min(admission_datetime) as oldest,
    max(admission_datetime) as newest,
    count(*) as records
from admissions
where admission_datetime < :as_of
union all
select
    'ambulance' as dataset,
    min(call_datetime) as oldest,
    max(call_datetime) as newest,
    count(*) as records
from ambulance
where call_datetime < :as_of
union all
select
    'calls_111' as dataset,
    min(call_datetime) as oldest,
    max(call_datetime) as newest,
    count(*) as records
from calls_111
where call_datetime < :as_of
