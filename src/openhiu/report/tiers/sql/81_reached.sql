-- Everyone who came often enough for a tier in the year: at one hospital, and in the area.
select 'site' as kind, site_code as unit, person_key, in_period as attendances
from counts
where in_period >= :least
union all
select
    'area' as kind,
    'ALL' as unit,
    person_key,
    cast(sum(in_period) as bigint) as attendances
from counts
group by person_key
having sum(in_period) >= :least
