-- The store's person keys behind each reference of the caseload: the identifier itself, or the NHS
-- number that the people table knows for a pseudonym.
select distinct caseload.person_ref, persons.person_key
from caseload
inner join persons on persons.person_id = caseload.person_id
union
select distinct caseload.person_ref, persons.person_key
from caseload
inner join people on people.nhs_number = caseload.person_id
inner join persons on persons.person_id = people.person_id
where caseload.issuer = :nhs
