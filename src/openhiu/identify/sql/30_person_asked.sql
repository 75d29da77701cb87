-- The store's identifier behind a typed one: the identifier itself, or an NHS number.
select person_id
from people
where nhs_number = :typed and person_id is not null
