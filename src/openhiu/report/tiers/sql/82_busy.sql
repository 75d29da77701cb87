-- Everyone who could have been in a tier in any 12 months of the two years.
select person_key
from counts
group by person_key
having sum(in_period) >= :least
