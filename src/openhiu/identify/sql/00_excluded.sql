-- People set aside by name, with a reason, for as long as the reason holds.
with named as (
    select exclusions.person_id, exclusions.until from exclusions
    union all
    select people.person_id, exclusions.until
    from exclusions
    inner join people on people.nhs_number = exclusions.person_id
)
select distinct persons.person_key
from named
inner join persons on persons.person_id = named.person_id
where named.until is null or named.until >= :as_of_date
