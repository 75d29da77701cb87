-- The one place of each of them: where they live, or else where they are registered, or else, where
-- neither is known, that of the hospital where they came most. The others live elsewhere.
select
    known.person_key,
    coalesce(
        place_lsoas.place,
        place_practices.place,
        case
            when (known.lsoa is null or :no_place_lsoas)
                and (known.gp_practice is null or :no_place_practices)
                then coalesce(site_now.place, site_before.place)
        end,
        'elsewhere'
    ) as place
from known
left join place_lsoas on place_lsoas.code = known.lsoa
left join place_practices on place_practices.code = known.gp_practice
left join main_site_now on main_site_now.person_key = known.person_key
left join place_sites as site_now on site_now.code = main_site_now.site_code
left join main_site_before on main_site_before.person_key = known.person_key
left join place_sites as site_before on site_before.code = main_site_before.site_code
