-- The followed people's ambulance call-outs, one a person and minute. `conveyed`: 1 where the
-- person was taken somewhere.
with minutes as (
    select
        followed_people.person_key,
        min(a.call_datetime) as call_datetime,
        max(case
            when coalesce(a.conveyed_to, '') not in ('', 'ZZZZZ') then 1 else 0
        end) as conveyed
    from ambulance as a
    left join same_person on same_person.person_key = a.person_key
    inner join followed_people
        on followed_people.person_key = coalesce(same_person.who, a.person_key)
    where a.call_datetime < :cut
    group by followed_people.person_key, date_trunc('minute', a.call_datetime)
)
select
    person_key,
    cast(date_diff('day', date '1970-01-01', cast(call_datetime as date)) as integer) as day_no,
    conveyed
from minutes
