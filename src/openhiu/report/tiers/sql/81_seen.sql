-- Everyone who came in the year, and how often: at each hospital and in the area.
select
    'site' as kind,
    site_code as unit,
    count(*) as people,
    cast(sum(in_period) as bigint) as attendances
from counts
group by site_code
union all
select
    'area' as kind,
    'ALL' as unit,
    count(distinct person_key) as people,
    cast(sum(in_period) as bigint) as attendances
from counts
