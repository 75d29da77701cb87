-- The cut of each list with the numbers a reader needs to judge it.
select
    cut.list_id,
    cut.in_window as cut_at,
    count(case when attenders.in_window = cut.in_window then 1 end) as people_at_cut,
    count(case when attenders.in_window > cut.in_window then 1 end) as people_above,
    count(*) as people
from cut
inner join attenders on attenders.list_id = cut.list_id
group by cut.list_id, cut.in_window
order by cut.list_id
