-- People known to have died: by the people table, whenever that was; or by an attendance or a
-- spell that ended in death with no attendance afterwards. Deaths before the year need no look:
-- whoever came during the year came after them.
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
)
select persons.person_key
from people
inner join persons on persons.person_id = people.person_id
where people.death_date is not null
union
select ended.person_key
from ended
left join last_seen on last_seen.person_key = ended.person_key
where last_seen.person_key is null or last_seen.last_arrival <= ended.died_at
