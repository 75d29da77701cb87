-- The numbers of the persons who arrive in some months, so that each piece of them need not look
-- through everybody's.
select n.person_no, n.person_id
from persons n
semi join (
    select person_id from incoming
    where {happened} is null or ({happened} >= :first and {happened} < :after)
) i on n.person_id = i.person_id
