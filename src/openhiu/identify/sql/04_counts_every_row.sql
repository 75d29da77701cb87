-- Attendances per person and site where every row counts, exact repeats too.
select site_code, person_key, in_window, in_period, last_arrival
from tally
