-- Clients of whom the people table knows that they died before the as-of date.
select distinct clients.person_ref
from clients
inner join persons on persons.person_key = clients.person_key
inner join people on people.person_id = persons.person_id
where people.death_date < :as_of
