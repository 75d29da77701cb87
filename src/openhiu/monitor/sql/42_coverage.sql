-- Each reference of the caseload once, with how many keys the store has for it and how many of
-- them are its own.
select
    asked.person_ref,
    count(distinct caseload_keys.person_key) as keys,
    count(distinct clients.person_key) as own_keys
from (select distinct person_ref from caseload) as asked
left join caseload_keys on caseload_keys.person_ref = asked.person_ref
left join clients on clients.person_ref = asked.person_ref
group by asked.person_ref
order by asked.person_ref
