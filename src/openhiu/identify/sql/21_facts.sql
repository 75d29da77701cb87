-- Age, sex and deprivation of the people listed, from their latest attendance in the year.
with latest as (
    select
        person_key,
        birth_date,
        age,
        sex,
        ethnic_category,
        imd_decile,
        row_number() over (
            partition by person_key
            order by arrival_datetime desc, site_code asc, birth_date asc, age asc, sex asc,
                ethnic_category asc, imd_decile asc
        ) as place
    from of_candidates
    where person_key in (select person_key from listed)
)
select person_key, birth_date, age, sex, ethnic_category, imd_decile
from latest
where place = 1
