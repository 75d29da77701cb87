-- Whether people whose date of birth the people table knows are of an age to be listed.
select
    persons.person_key,
    max(case
        when people.birth_date <= :born_by and people.birth_date > :born_after then 1 else 0
    end) as of_age
from people
inner join persons on persons.person_id = people.person_id
where people.birth_date is not null
group by persons.person_key
