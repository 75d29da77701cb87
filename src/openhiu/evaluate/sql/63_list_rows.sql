-- The rebuilt lists. `role`: `client` where support started within the month of this list at this
-- site, `other` where it did not start before the next list, `elsewhere` where it started within
-- the month at another site.
select
    placed.site_code,
    placed.list_no,
    placed.person_key,
    cast(placed.place as integer) as place,
    placed.in_three,
    placed.in_twelve,
    list_dates.list_day,
    starts.start_day,
    case
        when starts.start_day is null or starts.start_day >= list_dates.next_day then 'other'
        when starts.site_code = placed.site_code then 'client'
        else 'elsewhere'
    end as role
from placed
inner join list_dates
    on list_dates.site_code = placed.site_code and list_dates.list_no = placed.list_no
left join starts on starts.person_key = placed.person_key
where placed.place <= :list_size
