-- What happened to each row's person: in the four spans of 90 days from the first day of follow-up
-- while they were there, and in the 90 and 360 days before it.
select
    followed.row_no,
    e.outcome,
    sum(case
        when e.day_no >= followed.index_day and e.day_no < followed.index_day + 90
            then e.events else 0
    end) as days_0_90,
    sum(case
        when e.day_no >= followed.index_day + 90 and e.day_no < followed.index_day + 180
            then e.events else 0
    end) as days_90_180,
    sum(case
        when e.day_no >= followed.index_day + 180 and e.day_no < followed.index_day + 270
            then e.events else 0
    end) as days_180_270,
    sum(case
        when e.day_no >= followed.index_day + 270 then e.events else 0
    end) as days_270_360,
    sum(case
        when e.day_no < followed.index_day and e.day_no >= followed.index_day - 90
            then e.events else 0
    end) as before_90,
    sum(case when e.day_no < followed.index_day then e.events else 0 end) as before_360
from followed
inner join event_days as e
    on e.person_key = followed.person_key
    and e.day_no >= followed.index_day - 360
    and e.day_no < followed.index_day + 360
    and e.day_no < followed.end_day
group by followed.row_no, e.outcome
order by followed.row_no, e.outcome
