-- Whether the followed people are women: by the people table, else by most of their attendances.
with told as (
    select followed_people.person_key, people.sex, 1 as by_people
    from people
    inner join persons on persons.person_id = people.person_id
    left join same_person on same_person.person_key = persons.person_key
    inner join followed_people
        on followed_people.person_key = coalesce(same_person.who, persons.person_key)
    where people.sex in ('1', '2')
    union all
    select followed_people.person_key, a.sex, 0 as by_people
    from attendances as a
    left join same_person on same_person.person_key = a.person_key
    inner join followed_people
        on followed_people.person_key = coalesce(same_person.who, a.person_key)
    where a.sex in ('1', '2')
),
weighed as (
    select
        person_key,
        sum(case when by_people = 0 then 0 when sex = '2' then 1 else -1 end) as by_people,
        sum(case when by_people = 1 then 0 when sex = '2' then 1 else -1 end) as by_attendances
    from told
    group by person_key
)
select
    person_key,
    case
        when by_people > 0 then 1
        when by_people < 0 then 0
        when by_attendances > 0 then 1
        else 0
    end as female
from weighed
