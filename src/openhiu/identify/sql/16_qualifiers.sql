-- The candidates whom a rule other than the top rule lists, each rule in a column of its own.
select
    candidates.list_id,
    candidates.person_key,
    candidates.in_window,
    case when busiest.attendances >= :least_in_month then 1 else 0 end as by_month,
    case when rolling.attendances >= :least_rolling then 1 else 0 end as by_rolling,
    case when candidates.in_window >= :least_by_window then 1 else 0 end as by_window,
    case when details.in_year >= :least_in_year then 1 else 0 end as by_year
from candidates
left join busiest
    on busiest.list_id = candidates.list_id and busiest.person_key = candidates.person_key
left join rolling
    on rolling.list_id = candidates.list_id and rolling.person_key = candidates.person_key
left join details
    on details.list_id = candidates.list_id and details.person_key = candidates.person_key
where busiest.attendances >= :least_in_month
    or rolling.attendances >= :least_rolling
    or candidates.in_window >= :least_by_window
    or details.in_year >= :least_in_year
