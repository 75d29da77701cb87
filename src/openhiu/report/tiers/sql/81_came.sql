-- How often everyone who may have been in a tier came in the year, hospital by hospital.
select counts.site_code, counts.person_key, counts.in_period as attendances
from counts
inner join often on often.person_key = counts.person_key
