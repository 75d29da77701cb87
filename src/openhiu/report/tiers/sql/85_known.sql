-- What is known of them: by the people table, or else by their latest attendance that says it. Age,
-- sex and deprivation are those of the latest attendance, as on the list.
with said as (
    select
        attendances.person_key,
        attendances.site_code,
        attendances.arrival_datetime,
        attendances.lsoa,
        attendances.gp_practice,
        attendances.birth_date,
        attendances.age,
        attendances.sex,
        attendances.imd_decile
    from attendances
    inner join everyone on everyone.person_key = attendances.person_key
    where attendances.arrival_datetime >= :earliest and attendances.arrival_datetime < :as_of
),
latest as (
    select
        person_key,
        max(arrival_datetime) as seen_at,
        max(case when lsoa is not null then arrival_datetime end) as lived_at,
        max(case when gp_practice is not null then arrival_datetime end) as registered_at
    from said
    group by person_key
),
facts as (
    select
        said.person_key,
        said.birth_date,
        said.age,
        said.sex,
        said.imd_decile,
        row_number() over (
            partition by said.person_key
            order by said.site_code asc, said.birth_date asc, said.age asc, said.sex asc,
                said.imd_decile asc
        ) as place
    from said
    inner join latest
        on latest.person_key = said.person_key and latest.seen_at = said.arrival_datetime
),
homes as (
    select
        said.person_key,
        said.lsoa,
        row_number() over (partition by said.person_key order by said.lsoa asc) as place
    from said
    inner join latest
        on latest.person_key = said.person_key and latest.lived_at = said.arrival_datetime
    where said.lsoa is not null
),
practices as (
    select
        said.person_key,
        said.gp_practice,
        row_number() over (partition by said.person_key order by said.gp_practice asc) as place
    from said
    inner join latest
        on latest.person_key = said.person_key and latest.registered_at = said.arrival_datetime
    where said.gp_practice is not null
)
select
    facts.person_key,
    coalesce(people.lsoa, homes.lsoa) as lsoa,
    coalesce(people.gp_practice, practices.gp_practice) as gp_practice,
    coalesce(people.birth_date, facts.birth_date) as birth_date,
    facts.age,
    coalesce(people.sex, facts.sex) as sex,
    coalesce(people.imd_decile, facts.imd_decile) as imd_decile
from facts
left join homes on homes.person_key = facts.person_key and homes.place = 1
left join practices on practices.person_key = facts.person_key and practices.place = 1
left join persons on persons.person_key = facts.person_key
left join people on people.person_id = persons.person_id
where facts.place = 1
