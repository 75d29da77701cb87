-- People never seen to live in the commissioned area nor to be registered in it, of those with an
-- address or a practice at all. Someone with neither is kept: they may well be homeless.
with said as (
    select coalesce(same_person.who, a.person_key) as person_key, a.lsoa, a.gp_practice
    from attendances as a
    left join same_person on same_person.person_key = a.person_key
    where a.lsoa is not null or a.gp_practice is not null
    union all
    select
        coalesce(same_person.who, persons.person_key) as person_key,
        people.lsoa,
        people.gp_practice
    from people
    inner join persons on persons.person_id = people.person_id
    left join same_person on same_person.person_key = persons.person_key
    where people.lsoa is not null or people.gp_practice is not null
),
placed_in as (
    select
        said.person_key,
        case when footprint_lsoas.code is not null then 1 else 0 end as lives_in,
        case when footprint_practices.code is not null then 1 else 0 end as registered_in
    from said
    inner join asked on asked.person_key = said.person_key
    left join footprint_lsoas on footprint_lsoas.code = said.lsoa
    left join footprint_practices on footprint_practices.code = said.gp_practice
)
select person_key
from placed_in
group by person_key
having max(case
    when :either_is_enough and (lives_in = 1 or registered_in = 1) then 1
    when (lives_in = 1 or :no_lsoas) and (registered_in = 1 or :no_practices) then 1
    else 0
end) = 0
