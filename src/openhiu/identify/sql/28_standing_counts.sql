-- How often the people asked about came, list by list.
select asked.person_id, attenders.list_id, attenders.in_window
from attenders
inner join asked on asked.person_key = attenders.person_key
