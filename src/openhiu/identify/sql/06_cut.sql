-- Where each list is cut: the count of the person in the last place of the top rule. Where fewer
-- people attended than the list has places, everyone with an attendance in the window is above it.
with histogram as (
    select list_id, in_window, count(*) as people
    from attenders
    group by list_id, in_window
),
running as (
    select
        list_id,
        in_window,
        sum(people) over (
            partition by list_id order by in_window desc
            rows between unbounded preceding and current row
        ) as at_or_above
    from histogram
)
select
    list_id,
    max(case when at_or_above >= :top_n and in_window > 0 then in_window else 1 end) as in_window
from running
group by list_id
