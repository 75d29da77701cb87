-- People set aside by name, with a reason, for as long as the reason holds.
select distinct persons.person_key
from exclusions
inner join persons on persons.person_id = exclusions.person_id
where exclusions.until is null or exclusions.until >= :as_of_date
