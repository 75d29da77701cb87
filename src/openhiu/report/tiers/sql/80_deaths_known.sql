-- When people died, where it is known: by the people table, or by an attendance or a spell that
-- ended in death with no attendance afterwards. As on the list, but with the day: a year counts the
-- people who were alive at its end, so that two years are counted alike.
with ended as (
    select person_key, arrival_datetime as died_at
    from attendances
    where person_key is not null
        and arrival_datetime >= :earliest
        and (discharge_destination = :mortuary or discharge_status in (:dead_on_arrival))
    union all
    select person_key, discharge_datetime as died_at
    from admissions
    where person_key is not null and discharge_method = '4' and discharge_datetime >= :earliest
),
last_seen as (
    select attendances.person_key, max(attendances.arrival_datetime) as last_arrival
    from attendances
    inner join (select distinct person_key from ended) as endings
        on endings.person_key = attendances.person_key
    where attendances.arrival_datetime >= :earliest
    group by attendances.person_key
),
told as (
    select persons.person_key, cast(people.death_date as timestamp) as died_at
    from people
    inner join persons on persons.person_id = people.person_id
    where people.death_date is not null
    union all
    select ended.person_key, ended.died_at
    from ended
    left join last_seen on last_seen.person_key = ended.person_key
    where last_seen.person_key is null or last_seen.last_arrival <= ended.died_at
)
select person_key, min(died_at) as died_at
from told
group by person_key
