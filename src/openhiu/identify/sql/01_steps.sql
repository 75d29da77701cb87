-- Every attendance with the first filter that leaves it out; 99 where it counts.
-- The numbers are the rows of flow.csv. Arrival within the period is tested where it is used.
select
    a.person_key,
    a.site_code,
    a.arrival_datetime,
    case when a.arrival_mode in (:ambulance_modes) then 1 else 0 end as by_ambulance,
    case
        when a.admitted then 1
        when a.discharge_destination in (:admitted_destinations) then 1
        else 0
    end as admitted,
    a.birth_date,
    a.age,
    a.sex,
    a.ethnic_category,
    a.imd_decile,
    a.chief_complaint,
    a.injury_intent,
    a.accommodation_status,
    a.safeguarding_concern,
    case
        when strpos(a.diagnoses, ',') > 0
            then substr(a.diagnoses, 1, strpos(a.diagnoses, ',') - 1)
        else a.diagnoses
    end as primary_diagnosis,
    case
        when a.site_code is null or not (:any_site or a.site_code in (:sites)) then 10
        when a.person_key is null then 20
        when not (:any_department or coalesce(a.department_type, '') in (:departments)) then 30
        when not (:any_category or coalesce(a.attendance_category, '') in (:categories)) then 40
        when coalesce(a.discharge_status, '') in (:left_out_statuses) then 50
        when dead.person_key is not null then 60
        when excluded.person_key is not null then 70
        when outside.person_key is not null then 75
        when :any_age then 99
        when known_ages.of_age is not null then case when known_ages.of_age = 1 then 99 else 90 end
        when a.birth_date is not null then
            case when a.birth_date <= :born_by and a.birth_date > :born_after then 99 else 90 end
        when coalesce(crossing.age, a.age) is null then 80
        when coalesce(crossing.age, a.age) between :youngest and :oldest then 99
        else 90
    end as step
from attendances as a
left join dead on dead.person_key = a.person_key
left join excluded on excluded.person_key = a.person_key
left join outside on outside.person_key = a.person_key
left join known_ages on known_ages.person_key = a.person_key
left join crossing on crossing.person_key = a.person_key
