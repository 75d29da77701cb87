-- Where each list is cut: the count of the person in the last place.
with running as (
    select
        site_code,
        list_no,
        in_three,
        sum(not_started) over (
            partition by site_code, list_no order by in_three desc
            rows between unbounded preceding and current row
        ) as at_or_above
    from list_levels
)
select
    site_code,
    list_no,
    max(case when at_or_above >= :list_size then in_three else 2 end) as in_three
from running
group by site_code, list_no
