-- Who had died by the end of the year.
select person_key
from deaths_known
where died_at < :as_of
