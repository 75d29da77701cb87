-- What each row's person had done before the list date: attendances in four spans of days, in the
-- three calendar months before it and in the nine before those.
select
    followed.row_no,
    sum(case
        when v.day_no >= followed.list_day - 30 then v.attendances else 0
    end) as days_0_30,
    sum(case
        when v.day_no < followed.list_day - 30 and v.day_no >= followed.list_day - 90
            then v.attendances else 0
    end) as days_30_90,
    sum(case
        when v.day_no < followed.list_day - 90 and v.day_no >= followed.list_day - 180
            then v.attendances else 0
    end) as days_90_180,
    sum(case
        when v.day_no < followed.list_day - 180 and v.day_no >= followed.list_day - 365
            then v.attendances else 0
    end) as days_180_365,
    sum(case when v.day_no >= list_dates.three_before then v.attendances else 0 end) as recent3,
    sum(case
        when v.day_no < list_dates.three_before and v.day_no >= list_dates.twelve_before
            then v.attendances else 0
    end) as earlier9
from followed
inner join list_dates
    on list_dates.site_code = followed.site_code and list_dates.list_no = followed.list_no
inner join visit_days as v
    on v.person_key = followed.person_key
    and v.day_no < followed.list_day
    and v.day_no >= followed.list_day - 366
group by followed.row_no
order by followed.row_no
