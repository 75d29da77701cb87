-- The clients' attendances that count, by the rules of the list: consultant-led departments, not
-- planned, not streamed away, not dead on arrival. `place` is 1 for the row that stands for its
-- person, site and minute; an ambulance or an admission on any row of a minute counts for it.
select
    clients.person_ref,
    a.provider_code,
    a.attendance_id,
    a.site_code,
    a.arrival_datetime,
    a.departure_datetime,
    a.chief_complaint,
    a.injury_intent,
    a.discharge_status,
    a.discharge_destination,
    max(case when a.arrival_mode in (:ambulance_modes) then 1 else 0 end) over (
        partition by
            clients.person_ref, a.site_code, date_trunc('minute', a.arrival_datetime)
    ) as by_ambulance,
    max(case
        when a.admitted then 1
        when a.discharge_destination in (:admitted_destinations) then 1
        else 0
    end) over (
        partition by
            clients.person_ref, a.site_code, date_trunc('minute', a.arrival_datetime)
    ) as admitted,
    row_number() over (
        partition by
            clients.person_ref, a.site_code, date_trunc('minute', a.arrival_datetime)
        order by a.arrival_datetime, a.attendance_id
    ) as place
from attendances as a
inner join clients on clients.person_key = a.person_key
where a.arrival_datetime >= :since
    and a.arrival_datetime < :as_of
    and a.site_code is not null
    and coalesce(a.department_type, '') in (:departments)
    and coalesce(a.attendance_category, '') in (:categories)
    and coalesce(a.discharge_status, '') not in (:left_out_statuses)
