-- Who the people on a journey are: by the people table, else by the latest attendance before their
-- day that says it.
with told as (
    select
        journey_people.journey_no,
        a.arrival_datetime,
        a.sex,
        a.ethnic_category,
        a.imd_decile,
        a.lsoa
    from attendances as a
    left join same_person on same_person.person_key = a.person_key
    inner join journey_people
        on journey_people.person_key = coalesce(same_person.who, a.person_key)
        and a.arrival_datetime < journey_people.known_by
),
sexes_told as (
    select
        journey_no,
        sex,
        row_number() over (partition by journey_no order by arrival_datetime desc, sex) as place
    from told
    where sex is not null
),
ethnicities_told as (
    select
        journey_no,
        ethnic_category,
        row_number() over (
            partition by journey_no order by arrival_datetime desc, ethnic_category
        ) as place
    from told
    where ethnic_category is not null
),
deciles_told as (
    select
        journey_no,
        imd_decile,
        row_number() over (
            partition by journey_no order by arrival_datetime desc, imd_decile
        ) as place
    from told
    where imd_decile is not null
),
areas_told as (
    select
        journey_no,
        lsoa,
        row_number() over (partition by journey_no order by arrival_datetime desc, lsoa) as place
    from told
    where lsoa is not null
),
of_people as (
    select
        coalesce(same_person.who, persons.person_key) as person_key,
        people.sex,
        people.ethnic_category,
        people.imd_decile,
        people.lsoa,
        row_number() over (
            partition by coalesce(same_person.who, persons.person_key) order by people.person_id
        ) as place
    from people
    inner join persons on persons.person_id = people.person_id
    left join same_person on same_person.person_key = persons.person_key
)
select
    journey_people.journey_no,
    coalesce(of_people.sex, sexes_told.sex) as sex,
    coalesce(of_people.ethnic_category, ethnicities_told.ethnic_category) as ethnic_category,
    coalesce(of_people.imd_decile, deciles_told.imd_decile) as imd_decile,
    coalesce(of_people.lsoa, areas_told.lsoa) as lsoa,
    births.born_month,
    births.born_day,
    deaths.day_no as death_day,
    moves.day_no as moved_day
from journey_people
left join of_people on of_people.person_key = journey_people.person_key and of_people.place = 1
left join sexes_told
    on sexes_told.journey_no = journey_people.journey_no and sexes_told.place = 1
left join ethnicities_told
    on ethnicities_told.journey_no = journey_people.journey_no and ethnicities_told.place = 1
left join deciles_told
    on deciles_told.journey_no = journey_people.journey_no and deciles_told.place = 1
left join areas_told
    on areas_told.journey_no = journey_people.journey_no and areas_told.place = 1
left join births on births.person_key = journey_people.person_key
left join deaths on deaths.person_key = journey_people.person_key
left join moves on moves.person_key = journey_people.person_key
order by journey_people.journey_no
