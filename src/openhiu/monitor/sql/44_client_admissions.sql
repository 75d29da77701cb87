-- The clients' emergency stays that were under way in the two years. A transfer between hospitals
-- (2B) goes on with a stay that was counted where it began.
select
    clients.person_ref,
    a.provider_code,
    a.admission_id,
    a.site_code,
    a.admission_datetime,
    a.discharge_datetime,
    a.discharge_method,
    a.discharge_destination
from admissions as a
inner join clients on clients.person_key = a.person_key
where a.admission_datetime < :as_of
    and (
        a.admission_datetime >= :since
        or a.discharge_datetime >= :since
        or (a.discharge_datetime is null and a.admission_datetime >= :longest_stay)
    )
    and coalesce(a.admission_method, '') <> '2B'
    and (
        a.admission_method in (:emergency_methods)
        or (a.is_emergency and coalesce(a.admission_method, '') not in (:emergency_methods))
    )
