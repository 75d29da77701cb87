-- The day somebody died, where it is known: by the people table, by the roster, or by an attendance
-- or a stay that ended in death with no attendance on a later day.
with ended as (
    select
        asked.person_key,
        date_diff('day', date '1970-01-01', cast(a.arrival_datetime as date)) as day_no
    from attendances as a
    left join same_person on same_person.person_key = a.person_key
    inner join asked on asked.person_key = coalesce(same_person.who, a.person_key)
    where a.discharge_destination = :mortuary or a.discharge_status in (:dead_on_arrival)
    union all
    select
        asked.person_key,
        date_diff('day', date '1970-01-01', cast(a.discharge_datetime as date)) as day_no
    from admissions as a
    left join same_person on same_person.person_key = a.person_key
    inner join asked on asked.person_key = coalesce(same_person.who, a.person_key)
    where a.discharge_method = '4' and a.discharge_datetime is not null
),
last_seen as (
    select moments.person_key, max(moments.day_no) as day_no
    from moments
    inner join (select distinct person_key from ended) as endings
        on endings.person_key = moments.person_key
    group by moments.person_key
),
told as (
    select
        asked.person_key,
        date_diff('day', date '1970-01-01', people.death_date) as day_no
    from people
    inner join persons on persons.person_id = people.person_id
    left join same_person on same_person.person_key = persons.person_key
    inner join asked on asked.person_key = coalesce(same_person.who, persons.person_key)
    where people.death_date is not null
    union all
    select ended.person_key, ended.day_no
    from ended
    left join last_seen on last_seen.person_key = ended.person_key
    where last_seen.person_key is null or last_seen.day_no <= ended.day_no
    union all
    select person_key, death_day as day_no from starts where death_day is not null
)
select person_key, cast(min(day_no) as integer) as day_no from told group by person_key
