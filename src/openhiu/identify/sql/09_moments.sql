-- The candidates' counted attendances over 12 months, each moment once; an ambulance or an
-- admission on any row of a moment counts for the moment.
select
    steps.site_code,
    steps.person_key,
    min(steps.arrival_datetime) as arrival_datetime,
    max(steps.by_ambulance) as by_ambulance,
    max(steps.admitted) as admitted
from steps
where steps.step = 99
    and steps.arrival_datetime >= :year_start
    and steps.arrival_datetime < :as_of
    and steps.person_key in (select person_key from candidates)
group by
    steps.site_code,
    steps.person_key,
    case
        when :by_minute then date_trunc('minute', steps.arrival_datetime)
        else date_trunc('second', steps.arrival_datetime)
    end
