-- The followed people's calls to NHS 111, one a person and minute.
with minutes as (
    select followed_people.person_key, min(c.call_datetime) as call_datetime
    from calls_111 as c
    left join same_person on same_person.person_key = c.person_key
    inner join followed_people
        on followed_people.person_key = coalesce(same_person.who, c.person_key)
    where c.call_datetime < :cut
    group by followed_people.person_key, date_trunc('minute', c.call_datetime)
)
select
    person_key,
    cast(date_diff('day', date '1970-01-01', cast(call_datetime as date)) as integer) as day_no
from minutes
