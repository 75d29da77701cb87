-- The people somebody asks about, with their key.
select persons.person_key, persons.person_id
from persons
inner join asked_ids on asked_ids.person_id = persons.person_id
