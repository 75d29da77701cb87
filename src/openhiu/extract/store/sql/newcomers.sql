-- Persons whom the store has not numbered yet.
select distinct i.person_id
from incoming i
anti join persons n on i.person_id = n.person_id
where i.person_id is not null and hash(i.person_id) % :parts = :part
order by i.person_id
