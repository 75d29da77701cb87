-- The attendances that count, from the start of the period the rules look at.
select steps.*
from steps
where steps.step = 99
    and steps.arrival_datetime >= :period_start
    and steps.arrival_datetime < :as_of
