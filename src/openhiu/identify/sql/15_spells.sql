-- Emergency admissions of the candidates in the window. A transfer between hospitals (2B) goes on
-- with a spell that was counted where it began.
select person_key, count(*) as admissions
from admissions
where admission_datetime >= :window_start
    and admission_datetime < :as_of
    and coalesce(admission_method, '') <> '2B'
    and (
        admission_method in (:emergency_methods)
        or (is_emergency and coalesce(admission_method, '') not in (:emergency_methods))
    )
    and person_key in (select person_key from candidates)
group by person_key
