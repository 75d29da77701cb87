-- The people of each tier by deprivation, age at the end of the year, sex, and whether they live in a
-- priority ward.
with aged as (
    select
        levels.kind,
        levels.unit,
        levels.tier,
        known.sex,
        cast(floor((known.imd_decile + 1) / 2.0) as integer) as quintile,
        case when priority_lsoas.code is not null then 1 else 0 end as in_priority,
        case
            when known.birth_date is null then known.age
            else cast(floor((:as_of_number - (
                extract(year from known.birth_date) * 10000
                + extract(month from known.birth_date) * 100
                + extract(day from known.birth_date)
            )) / 10000.0) as integer)
        end as age
    from levels
    left join known on known.person_key = levels.person_key
    left join priority_lsoas on priority_lsoas.code = known.lsoa
),
banded as (
    select
        kind,
        unit,
        tier,
        sex,
        quintile,
        in_priority,
        case
            when age is null then -1
            when age < 18 then 0
            when age < 30 then 18
            when age >= 80 then 80
            else cast(floor(age / 10.0) * 10 as integer)
        end as age_from
    from aged
)
select kind, unit, tier, sex, quintile, in_priority, age_from, count(*) as people
from banded
group by kind, unit, tier, sex, quintile, in_priority, age_from
order by kind, unit, tier, sex, quintile, in_priority, age_from
