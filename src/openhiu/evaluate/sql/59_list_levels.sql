-- How many people stood at each count of the three months, list by list, and how many of them had
-- not started support.
select
    site_code,
    list_no,
    in_three,
    count(*) as people,
    count(case when started = 0 then 1 end) as not_started
from eligible
group by site_code, list_no, in_three
