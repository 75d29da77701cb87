-- Why the people asked about are set aside, if they are.
select asked.person_id, min(exclusions.reason) as reason
from asked
left join people on people.person_id = asked.person_id
inner join exclusions
    on exclusions.person_id = asked.person_id or exclusions.person_id = people.nhs_number
where exclusions.until is null or exclusions.until >= :as_of_date
group by asked.person_id
