-- Every row of every dataset in the months whose health is looked at, counted or not: where it is
-- from (the site; of ambulances and 111 the provider), whose, and when.
select 'attendances' as dataset, coalesce(site_code, '') as site_code, person_key,
    arrival_datetime as moment
from attendances
where arrival_datetime >= :health_since and arrival_datetime < :as_of
union all
select 'admissions' as dataset, coalesce(site_code, '') as site_code, person_key,
    admission_datetime as moment
from admissions
where admission_datetime >= :health_since and admission_datetime < :as_of
union all
select 'ambulance' as dataset, coalesce(provider_code, '') as site_code, person_key,
    call_datetime as moment
from ambulance
where call_datetime >= :health_since and call_datetime < :as_of
union all
select 'calls_111' as dataset, coalesce(provider_code, '') as site_code, person_key,
    call_datetime as moment
from calls_111
where call_datetime >= :health_since and call_datetime < :as_of
