-- Counted attendances per person, site and calendar month, at the sites of the roster.
select
    moments.site_code,
    moments.person_key,
    moments.month_no,
    cast(count(*) as integer) as attendances
from moments
inner join list_sites on list_sites.site_code = moments.site_code
group by moments.site_code, moments.person_key, moments.month_no
