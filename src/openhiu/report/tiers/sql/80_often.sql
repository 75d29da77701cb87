-- Everyone who may have been in a tier at all: whoever came often enough in the two years, repeats
-- and what does not count among it. Counting them alone is quicker, and nobody else can be in one.
select person_key
from attendances
where person_key is not null and arrival_datetime >= :earliest and arrival_datetime < :as_of
group by person_key
having count(*) >= :least
