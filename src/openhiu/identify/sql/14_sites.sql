-- How many sites each candidate attended: in the window, or in the 12 months if never in it. Where
-- there is one, `a_site` is its code.
select
    person_key,
    case
        when max(case when arrival_datetime >= :window_start then 1 else 0 end) = 1 then
            count(distinct case when arrival_datetime >= :window_start then site_code end)
        else count(distinct site_code)
    end as sites,
    coalesce(
        min(case when arrival_datetime >= :window_start then site_code end), min(site_code)
    ) as a_site
from moments
group by person_key
