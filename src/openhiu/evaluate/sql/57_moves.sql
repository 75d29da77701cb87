-- The day somebody moved away or left their practice's list, by the people table or the roster.
with told as (
    select
        asked.person_key,
        date_diff('day', date '1970-01-01', people.left_date) as day_no
    from people
    inner join persons on persons.person_id = people.person_id
    left join same_person on same_person.person_key = persons.person_key
    inner join asked on asked.person_key = coalesce(same_person.who, persons.person_key)
    where people.left_date is not null
    union all
    select person_key, moved_day as day_no from starts where moved_day is not null
)
select person_key, cast(min(day_no) as integer) as day_no from told group by person_key
