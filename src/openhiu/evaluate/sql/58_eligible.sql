-- The contenders who were adults, alive and registered on the list date. `started`: 1 where support
-- had started before, at whichever site.
select
    contenders.site_code,
    contenders.list_no,
    contenders.person_key,
    contenders.in_three,
    case when starts.start_day < list_dates.list_day then 1 else 0 end as started
from contenders
inner join list_dates
    on list_dates.site_code = contenders.site_code and list_dates.list_no = contenders.list_no
left join births on births.person_key = contenders.person_key
left join deaths on deaths.person_key = contenders.person_key
left join moves on moves.person_key = contenders.person_key
left join starts on starts.person_key = contenders.person_key
left join out_of_area on out_of_area.person_key = contenders.person_key
where (deaths.day_no is null or deaths.day_no > list_dates.list_day)
    and (moves.day_no is null or moves.day_no > list_dates.list_day)
    and out_of_area.person_key is null
    and (
        :any_age
        or births.born_month * 32 + births.born_day <= (list_dates.list_no - 12 * :youngest) * 32 + 1
    )
