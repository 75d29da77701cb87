-- People without a date of birth whose recorded age passes a bound during the year:
-- their latest age decides for all their attendances, so that nobody is half counted.
select person_key, max(age) as age
from attendances
where birth_date is null
    and person_key is not null
    and age in (:youngest - 1, :youngest, :oldest, :oldest + 1)
    and arrival_datetime >= :earliest
    and arrival_datetime < :as_of
group by person_key
having min(age) < max(age)
