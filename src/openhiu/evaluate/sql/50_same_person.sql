-- Keys that stand for somebody who has another key too (the people table knows one NHS number for
-- both): `who` is the key that stands for the person from here on.
with known as (
    select
        people.nhs_number,
        persons.person_key,
        row_number() over (
            partition by people.nhs_number order by persons.person_id
        ) as place,
        row_number() over (
            partition by persons.person_key order by people.nhs_number
        ) as number_of_key
    from people
    inner join persons on persons.person_id = people.person_id
    where people.nhs_number is not null
)
select other.person_key, first_of.person_key as who
from known as other
inner join known as first_of
    on first_of.nhs_number = other.nhs_number and first_of.place = 1
where other.number_of_key = 1 and other.person_key <> first_of.person_key
