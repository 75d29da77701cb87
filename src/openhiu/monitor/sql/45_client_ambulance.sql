-- The clients' ambulance call-outs, whether or not they were taken anywhere.
select
    clients.person_ref,
    a.provider_code,
    a.call_id,
    a.call_datetime,
    a.arrived_on_scene_datetime,
    a.conveyed_to,
    a.destination_site_code
from ambulance as a
inner join clients on clients.person_key = a.person_key
where a.call_datetime >= :since and a.call_datetime < :as_of
