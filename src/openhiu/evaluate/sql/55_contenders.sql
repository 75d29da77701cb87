-- Everyone with two or more attendances at a site in the three calendar months before a list date.
select
    list_months.site_code,
    list_months.list_no,
    monthly.person_key,
    cast(sum(monthly.attendances) as integer) as in_three
from monthly
inner join list_months
    on list_months.site_code = monthly.site_code and list_months.month_no = monthly.month_no
group by list_months.site_code, list_months.list_no, monthly.person_key
having sum(monthly.attendances) >= 2
