-- When people were born: by the people table, else by their attendances; where only ages in whole
-- years were recorded, the latest month that agrees with all of them. Null: nobody recorded it.
with told as (
    select asked.person_key, people.birth_date, 1 as by_people, cast(null as integer) as born_month
    from people
    inner join persons on persons.person_id = people.person_id
    left join same_person on same_person.person_key = persons.person_key
    inner join asked on asked.person_key = coalesce(same_person.who, persons.person_key)
    where people.birth_date is not null
    union all
    select
        asked.person_key,
        a.birth_date,
        0 as by_people,
        cast(
            extract(year from a.arrival_datetime) * 12
            + extract(month from a.arrival_datetime)
            - 12 * a.age
            as integer
        ) as born_month
    from attendances as a
    left join same_person on same_person.person_key = a.person_key
    inner join asked on asked.person_key = coalesce(same_person.who, a.person_key)
    where a.birth_date is not null or a.age is not null
),
gathered as (
    select
        person_key,
        coalesce(
            max(case when by_people = 1 then birth_date end),
            max(case when by_people = 0 then birth_date end)
        ) as birth_date,
        min(born_month) as born_month
    from told
    group by person_key
)
select
    person_key,
    birth_date,
    cast(coalesce(
        extract(year from birth_date) * 12 + extract(month from birth_date), born_month
    ) as integer) as born_month,
    cast(coalesce(extract(day from birth_date), 1) as integer) as born_day
from gathered
