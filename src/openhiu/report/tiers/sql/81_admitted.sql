-- Attendances of the year that ended in admission, each moment once, of everyone who may have been
-- in a tier: what stands for emergency admissions where nobody sent the spells.
with moments as (
    select
        visits.site_code,
        visits.person_key,
        max(visits.admitted) as admitted
    from visits
    inner join often on often.person_key = visits.person_key
    group by
        visits.site_code,
        visits.person_key,
        case
            when :by_minute then date_trunc('minute', visits.arrival_datetime)
            else date_trunc('second', visits.arrival_datetime)
        end
)
select person_key, cast(sum(admitted) as bigint) as admissions
from moments
group by person_key
