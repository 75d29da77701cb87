-- Attendances in the window that point to vulnerability, person by person and site by site. They
-- suggest; they never rank.
select
    visits_coded.site_code,
    visits_coded.person_key,
    count(*) as attendances,
    count(case when visits_coded.self_harm = 1 then 1 end) as self_harm,
    count(case when visits_coded.homeless = 1 then 1 end) as homeless,
    count(case when visits_coded.safeguarding = 1 then 1 end) as safeguarding,
    count(case when visits_coded.mental_health = 1 then 1 end) as mental_health
from (
    select
        steps.site_code,
        steps.person_key,
        case
            when steps.injury_intent = :self_inflicted or steps.chief_complaint = :self_harm
                then 1 else 0
        end as self_harm,
        case when steps.accommodation_status in (:not_housed) then 1 else 0 end as homeless,
        case
            when steps.safeguarding_concern is null then 0
            when upper(steps.safeguarding_concern) in ('0', 'N', 'NO', 'NONE', 'FALSE') then 0
            else 1
        end as safeguarding,
        case
            when steps.chief_complaint in (:mental_health_complaints) then 1
            when steps.primary_diagnosis in (:mental_health_diagnoses) then 1
            else 0
        end as mental_health
    from steps
    where steps.step = 99
        and steps.arrival_datetime >= :window_start
        and steps.arrival_datetime < :as_of
) as visits_coded
where visits_coded.self_harm + visits_coded.homeless + visits_coded.safeguarding
    + visits_coded.mental_health > 0
group by visits_coded.site_code, visits_coded.person_key
