-- The list: everyone within the top rule and everyone whom another rule lists, with the facts.
select
    ranked.list_id,
    ranked.place,
    ranked.person_key,
    ranked.person_id,
    ranked.in_window,
    details.in_year,
    details.by_ambulance,
    details.admitted,
    details.first_arrival,
    details.last_arrival,
    coalesce(busiest.attendances, 0) as max_in_month,
    busiest.month_number as busiest_month,
    coalesce(rolling.attendances, 0) as max_in_30_days,
    coalesce(visited.sites, 1) as sites,
    visited.a_site,
    spells.admissions,
    case when :has_top and ranked.in_window > 0 and ranked.place <= :top_n then 1 else 0 end
        as by_top,
    coalesce(qualifiers.by_month, 0) as by_month,
    coalesce(qualifiers.by_rolling, 0) as by_rolling,
    coalesce(qualifiers.by_window, 0) as by_window,
    coalesce(qualifiers.by_year, 0) as by_year
from ranked
left join qualifiers
    on qualifiers.list_id = ranked.list_id and qualifiers.person_key = ranked.person_key
left join details
    on details.list_id = ranked.list_id and details.person_key = ranked.person_key
left join busiest
    on busiest.list_id = ranked.list_id and busiest.person_key = ranked.person_key
left join rolling
    on rolling.list_id = ranked.list_id and rolling.person_key = ranked.person_key
left join visited on visited.person_key = ranked.person_key
left join spells on spells.person_key = ranked.person_key
where qualifiers.person_key is not null
    or (:has_top and ranked.in_window > 0 and ranked.place <= :top_n)
