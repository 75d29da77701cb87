-- The hospital where each of them came most in the year, and last where two are alike.
with ordered as (
    select
        counts.person_key,
        counts.site_code,
        row_number() over (
            partition by counts.person_key
            order by counts.in_period desc, counts.last_arrival desc, counts.site_code asc
        ) as place
    from counts
    inner join reached on reached.person_key = counts.person_key and reached.kind = 'area'
)
select person_key, site_code
from ordered
where place = 1
