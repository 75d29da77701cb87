-- The followed people's emergency stays. `admitted`: 1 where the stay counts as an admission; a
-- transfer between hospitals (2B) only adds its nights. A stay without an end goes on to the cut,
-- unless it began more than a year before: its end was never written down.
with told as (
    select
        followed_people.person_key,
        date_diff('day', date '1970-01-01', cast(a.admission_datetime as date)) as first_day,
        date_diff('day', date '1970-01-01', cast(a.discharge_datetime as date)) as last_day,
        a.bed_days,
        date_trunc('minute', a.admission_datetime) as at_minute,
        case when coalesce(a.admission_method, '') <> '2B' then 1 else 0 end as admitted
    from admissions as a
    left join same_person on same_person.person_key = a.person_key
    inner join followed_people
        on followed_people.person_key = coalesce(same_person.who, a.person_key)
    where a.admission_datetime < :cut
        and (
            a.admission_method in (:emergency_methods)
            or a.admission_method = '2B'
            or (a.is_emergency and coalesce(a.admission_method, '') not in (:emergency_methods))
        )
)
select
    person_key,
    cast(min(first_day) as integer) as first_day,
    cast(max(case
        when last_day is not null then last_day
        when bed_days is not null then first_day + bed_days
        when first_day >= :oldest_open_stay then :cut_day
        else first_day
    end) as integer) as last_day,
    max(admitted) as admitted
from told
group by person_key, at_minute
