-- Age, sex and deprivation of the people listed, from their latest attendance in the year.
with latest as (
    select
        steps.person_key,
        steps.birth_date,
        steps.age,
        steps.sex,
        steps.ethnic_category,
        steps.imd_decile,
        row_number() over (
            partition by steps.person_key
            order by steps.arrival_datetime desc, steps.site_code asc, steps.birth_date asc,
                steps.age asc, steps.sex asc, steps.imd_decile asc
        ) as place
    from steps
    where steps.arrival_datetime >= :year_start
        and steps.arrival_datetime < :as_of
        and steps.person_key in (select person_key from listed)
)
select person_key, birth_date, age, sex, ethnic_category, imd_decile
from latest
where place = 1
