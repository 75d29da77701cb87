-- Emergency admissions of each person that began in the year, short (at most one night) and longer
-- ones apart, and nights in hospital that fell into it.
with begun as (
    select
        person_key,
        count(*) as admissions,
        count(case when last_day - first_day <= 1 then 1 end) as short_stays
    from stays
    where admitted = 1 and first_day >= :first_day and first_day < :end_day
    group by person_key
),
slept as (
    select
        person_key,
        sum(
            least(last_day, :end_day) - greatest(first_day, :first_day)
        ) as bed_days
    from nights
    where last_day > :first_day and first_day < :end_day
    group by person_key
)
select
    followed_people.person_key,
    coalesce(begun.admissions, 0) as admissions,
    coalesce(begun.short_stays, 0) as short_stays,
    cast(coalesce(slept.bed_days, 0) as bigint) as bed_days
from followed_people
left join begun on begun.person_key = followed_people.person_key
left join slept on slept.person_key = followed_people.person_key
