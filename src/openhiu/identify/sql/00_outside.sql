-- People who by their latest attendance of the year live outside the commissioned area and are
-- registered outside it. Someone with neither an address nor a practice is kept: they may well be
-- homeless, and nothing says that they are from elsewhere.
with placed as (
    select
        person_key,
        arrival_datetime,
        case
            when lsoa in (select code from footprint_lsoas) then 1 else 0
        end as lives_in,
        case
            when gp_practice in (select code from footprint_practices) then 1 else 0
        end as registered_in
    from attendances
    where person_key is not null
        and (lsoa is not null or gp_practice is not null)
        and arrival_datetime >= :year_start
        and arrival_datetime < :as_of
),
latest as (
    select
        person_key,
        max(arrival_datetime) as latest,
        max(case
            when :either_is_enough and (lives_in = 1 or registered_in = 1) then arrival_datetime
            when (lives_in = 1 or :no_lsoas) and (registered_in = 1 or :no_practices)
                then arrival_datetime
        end) as latest_inside
    from placed
    group by person_key
)
select person_key
from latest
where latest_inside is null or latest_inside < latest
