-- The store's person keys behind each identifier of the roster: the identifier itself, or the NHS
-- number that the people table knows for a pseudonym.
with known as (
    select roster_ids.roster_no, persons.person_key
    from roster_ids
    inner join persons on persons.person_id = roster_ids.person_id
    union
    select roster_ids.roster_no, persons.person_key
    from roster_ids
    inner join people on people.nhs_number = roster_ids.person_id
    inner join persons on persons.person_id = people.person_id
)
select distinct known.roster_no, coalesce(same_person.who, known.person_key) as person_key
from known
left join same_person on same_person.person_key = known.person_key
order by known.roster_no
