-- Who the listed people are and how to be in touch with them.
select people.*
from people
where people.person_id in (select person_id from listed)
