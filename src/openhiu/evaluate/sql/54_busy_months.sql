-- How many person-months each site has, and in how many of them the person came once: in a whole
-- department nearly all, in an extract of frequent attenders far fewer.
select
    site_code,
    count(*) as person_months,
    count(case when attendances = 1 then 1 end) as with_one
from monthly
group by site_code
order by site_code
