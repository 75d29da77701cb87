-- The candidates' counted attendances over 12 months, each moment once; an ambulance or an
-- admission on any row of a moment counts for the moment.
select
    site_code,
    person_key,
    min(arrival_datetime) as arrival_datetime,
    max(by_ambulance) as by_ambulance,
    max(admitted) as admitted
from of_candidates
where step = 99
group by
    site_code,
    person_key,
    case
        when :by_minute then date_trunc('minute', arrival_datetime)
        else date_trunc('second', arrival_datetime)
    end
