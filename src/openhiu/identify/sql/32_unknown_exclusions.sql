-- Lines of the exclusions file that match nobody.
select count(*) as lines
from exclusions
left join persons on persons.person_id = exclusions.person_id
left join people on people.nhs_number = exclusions.person_id
where persons.person_id is null and people.nhs_number is null
