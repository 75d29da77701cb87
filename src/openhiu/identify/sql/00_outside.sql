-- People who live outside the commissioned area and are registered outside it: by the people table
-- where it knows, or else by their latest attendance of the year. Someone with neither an address nor a practice is kept: they may well be
-- homeless, and nothing says that they are from elsewhere.
with said as (
    select person_key, arrival_datetime, lsoa, gp_practice
    from attendances
    where arrival_datetime >= :earliest and arrival_datetime < :as_of
    union all
    select persons.person_key, cast(:as_of as timestamp) as arrival_datetime, people.lsoa, people.gp_practice
    from people
    inner join persons on persons.person_id = people.person_id
),
placed as (
    select
        person_key,
        arrival_datetime,
        case when footprint_lsoas.code is not null then 1 else 0 end as lives_in,
        case when footprint_practices.code is not null then 1 else 0 end as registered_in
    from said
    left join footprint_lsoas on footprint_lsoas.code = said.lsoa
    left join footprint_practices on footprint_practices.code = said.gp_practice
    where person_key is not null and (lsoa is not null or gp_practice is not null)
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
