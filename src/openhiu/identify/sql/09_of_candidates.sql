-- The candidates' attendances over 12 months, counted or not: everything said of a person below is
-- worked out from these few.
select
    steps.site_code,
    steps.person_key,
    steps.arrival_datetime,
    steps.by_ambulance,
    steps.admitted,
    steps.birth_date,
    steps.age,
    steps.sex,
    steps.ethnic_category,
    steps.imd_decile,
    steps.step
from steps
where steps.arrival_datetime >= :earliest
    and steps.arrival_datetime < :as_of
    and steps.person_key in (select person_key from candidates)
