-- Whether people are of an age to be listed, where their date of birth is known from the people
-- table, or from some of their attendances of the year but not from all.
with born as (
    select persons.person_key, max(people.birth_date) as birth_date, 1 as by_people
    from people
    inner join persons on persons.person_id = people.person_id
    where people.birth_date is not null
    group by persons.person_key
    union all
    select person_key, max(birth_date) as birth_date, 0 as by_people
    from attendances
    where arrival_datetime >= :earliest
        and arrival_datetime < :as_of
        and person_key in (
            select person_key from attendances
            where birth_date is null
                and person_key is not null
                and arrival_datetime >= :earliest
                and arrival_datetime < :as_of
        )
    group by person_key
    having max(birth_date) is not null
),
judged as (
    select
        person_key,
        by_people,
        case when birth_date <= :born_by and birth_date > :born_after then 1 else 0 end as of_age
    from born
)
select
    person_key,
    coalesce(
        max(case when by_people = 1 then of_age end), max(case when by_people = 0 then of_age end)
    ) as of_age
from judged
group by person_key
