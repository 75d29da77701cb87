-- How many people attended in the window, by age, sex, ethnic category and deprivation as their
-- latest attendance has them: what those listed are compared with.
with last_arrivals as (
    select person_key, max(last_arrival) as last_arrival
    from counts
    where in_window > 0
    group by person_key
),
latest as (
    select
        steps.person_key,
        coalesce(
            steps.age,
            cast(floor((:as_of_number - (
                extract(year from steps.birth_date) * 10000
                + extract(month from steps.birth_date) * 100
                + extract(day from steps.birth_date)
            )) / 10000.0) as integer)
        ) as age,
        steps.sex,
        steps.ethnic_category,
        steps.imd_decile,
        row_number() over (
            partition by steps.person_key order by steps.site_code asc, steps.age asc, steps.sex asc
        ) as place
    from steps
    inner join last_arrivals
        on last_arrivals.person_key = steps.person_key
        and last_arrivals.last_arrival = steps.arrival_datetime
    where steps.step = 99
)
select age, sex, ethnic_category, imd_decile, count(*) as people
from latest
where place = 1
group by age, sex, ethnic_category, imd_decile
