-- Everyone at or above the cut who had not started, with the count of 12 months and the identifier,
-- which break ties.
with standing as (
    select eligible.site_code, eligible.list_no, eligible.person_key, eligible.in_three
    from eligible
    inner join list_cut
        on list_cut.site_code = eligible.site_code and list_cut.list_no = eligible.list_no
    where eligible.started = 0 and eligible.in_three >= list_cut.in_three
),
years as (
    select
        standing.site_code,
        standing.list_no,
        standing.person_key,
        standing.in_three,
        cast(sum(monthly.attendances) as integer) as in_twelve
    from standing
    inner join monthly
        on monthly.site_code = standing.site_code
        and monthly.person_key = standing.person_key
        and monthly.month_no >= standing.list_no - 12
        and monthly.month_no < standing.list_no
    group by standing.site_code, standing.list_no, standing.person_key, standing.in_three
)
select years.*, persons.person_id
from years
inner join persons on persons.person_key = years.person_key
