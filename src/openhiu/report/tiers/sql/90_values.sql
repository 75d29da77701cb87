-- How many people of each tier have which number of attendances, emergency admissions, short stays
-- and bed days: everything that Table One tells, without anybody in it.
with each_person as (
    select
        levels.kind,
        levels.unit,
        levels.tier,
        levels.attendances,
        coalesce(in_hospital.admissions, 0) as admissions,
        coalesce(in_hospital.short_stays, 0) as short_stays,
        coalesce(in_hospital.bed_days, 0) as bed_days
    from levels
    left join in_hospital on in_hospital.person_key = levels.person_key
),
told as (
    select kind, unit, tier, 'attendances' as measure, attendances as value
    from each_person
    union all
    select kind, unit, tier, 'emergency_admissions' as measure, admissions as value
    from each_person
    union all
    select kind, unit, tier, 'short_stays' as measure, short_stays as value
    from each_person
    union all
    select kind, unit, tier, 'bed_days' as measure, bed_days as value
    from each_person
)
select kind, unit, tier, measure, value, count(*) as people
from told
group by kind, unit, tier, measure, value
order by kind, unit, tier, measure, value
