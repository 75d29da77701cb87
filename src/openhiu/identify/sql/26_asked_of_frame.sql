-- The people somebody asks about; in a frame the key is the identifier.
select person_id as person_key, person_id
from asked_ids
