-- This year's contacts of the people who were in each tier in the year before, wherever they are now:
-- at a hospital their attendances there, else all of them. Whoever died in the year has none.
with living as (
    select levels_before.kind, levels_before.unit, levels_before.tier, levels_before.person_key
    from levels_before
    left join deaths_known on deaths_known.person_key = levels_before.person_key
    where deaths_known.died_at is null or deaths_known.died_at >= :cut
),
attended as (
    select living.kind, living.unit, living.tier, sum(came.attendances) as attendances
    from living
    inner join came on came.person_key = living.person_key
    where living.kind <> 'site' or living.unit = came.site_code
    group by living.kind, living.unit, living.tier
),
stayed as (
    select living.kind, living.unit, living.tier, sum(in_hospital.admissions) as admissions
    from living
    inner join in_hospital on in_hospital.person_key = living.person_key
    group by living.kind, living.unit, living.tier
),
units as (
    select distinct kind, unit, tier from levels_before
)
select
    units.kind,
    units.unit,
    units.tier,
    cast(coalesce(attended.attendances, 0) as bigint) as attendances,
    cast(coalesce(stayed.admissions, 0) as bigint) as admissions
from units
left join attended
    on attended.kind = units.kind and attended.unit = units.unit and attended.tier = units.tier
left join stayed
    on stayed.kind = units.kind and stayed.unit = units.unit and stayed.tier = units.tier
order by units.kind, units.unit, units.tier
