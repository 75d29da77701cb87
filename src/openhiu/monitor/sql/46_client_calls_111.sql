-- The clients' calls to NHS 111.
select
    clients.person_ref,
    c.provider_code,
    c.call_id,
    c.call_datetime,
    c.outcome_group
from calls_111 as c
inner join clients on clients.person_key = c.person_key
where c.call_datetime >= :since and c.call_datetime < :as_of
