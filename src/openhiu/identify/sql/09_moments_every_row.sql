-- The candidates' counted attendances over 12 months where every row counts.
select
    steps.site_code, steps.person_key, steps.arrival_datetime, steps.by_ambulance, steps.admitted
from steps
where steps.step = 99
    and steps.arrival_datetime >= :year_start
    and steps.arrival_datetime < :as_of
    and steps.person_key in (select person_key from candidates)
