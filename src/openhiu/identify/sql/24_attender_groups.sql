-- Everyone who attended in the period of the rules, by age on the as-of date, sex, ethnic category and
-- deprivation, and whether they are listed. The people table goes before the latest attendance, as
-- on the list itself.
with last_arrivals as (
    select person_key, max(last_arrival) as last_arrival
    from counts
    where :any_listed_site or site_code in (:listed_sites)
    group by person_key
),
latest as (
    select
        steps.person_key,
        steps.birth_date,
        steps.age,
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
),
known as (
    select
        latest.person_key,
        coalesce(people.birth_date, latest.birth_date) as birth_date,
        latest.age,
        coalesce(people.sex, latest.sex) as sex,
        coalesce(people.ethnic_category, latest.ethnic_category) as ethnic_category,
        coalesce(people.imd_decile, latest.imd_decile) as imd_decile
    from latest
    left join persons on persons.person_key = latest.person_key
    left join people on people.person_id = persons.person_id
    where latest.place = 1
),
grouped as (
    select
        case
            when birth_date is null then age
            else cast(floor((:as_of_number - (
                extract(year from birth_date) * 10000
                + extract(month from birth_date) * 100
                + extract(day from birth_date)
            )) / 10000.0) as integer)
        end as age,
        sex,
        ethnic_category,
        imd_decile,
        case when on_a_list.person_key is not null then 1 else 0 end as listed
    from known
    left join (select distinct person_key from listed) as on_a_list
        on on_a_list.person_key = known.person_key
)
select age, sex, ethnic_category, imd_decile, listed, count(*) as people
from grouped
group by age, sex, ethnic_category, imd_decile, listed
