-- The candidates' counted attendances over 12 months where every row counts.
select site_code, person_key, arrival_datetime, by_ambulance, admitted
from of_candidates
where step = 99
