-- The rows of the evaluation: clients from their start of support, everybody else from the list
-- date plus the median wait of the site's clients; until death, a move or the cut. Whoever was no
-- longer there on the first day is left out.
with begun as (
    select
        list_rows.site_code,
        list_rows.list_no,
        list_rows.person_key,
        list_rows.place,
        list_rows.list_day,
        list_rows.role,
        case
            when list_rows.role = 'client' then list_rows.start_day
            else list_rows.list_day + site_lags.lag
        end as index_day,
        least(
            coalesce(deaths.day_no, site_lags.cut_day),
            coalesce(moves.day_no, site_lags.cut_day),
            site_lags.cut_day
        ) as end_day
    from list_rows
    inner join site_lags on site_lags.site_code = list_rows.site_code
    left join deaths on deaths.person_key = list_rows.person_key
    left join moves on moves.person_key = list_rows.person_key
    where list_rows.role <> 'elsewhere'
)
select
    cast(row_number() over (order by site_code, list_no, place) as integer) as row_no,
    begun.*
from begun
where index_day < end_day
