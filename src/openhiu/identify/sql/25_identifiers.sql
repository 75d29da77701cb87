-- The identifiers behind some of the store's person numbers.
select persons.person_key, persons.person_id
from persons
inner join asked_keys on asked_keys.person_key = persons.person_key
