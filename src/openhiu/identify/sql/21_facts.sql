-- Age, sex and deprivation of the people listed, from their latest attendance in the year. Where that
-- one tells no age, another of the year that made them of an age to be listed does.
with latest as (
    select
        person_key,
        coalesce(birth_date, max(birth_date) over (partition by person_key)) as birth_date,
        coalesce(age, max(age) over (partition by person_key)) as age,
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
