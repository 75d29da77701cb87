-- The attendances of those alone who may be in a tier.
select steps_of_everyone.*
from steps_of_everyone
inner join often on often.person_key = steps_of_everyone.person_key
