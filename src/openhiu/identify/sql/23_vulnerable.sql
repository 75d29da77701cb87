-- People with attendances in the window that point to vulnerability, site by site, each attendance
-- once. They suggest; they never rank.
with coded as (
    select
        steps.site_code,
        steps.person_key,
        case
            when :by_minute then date_trunc('minute', steps.arrival_datetime)
            else date_trunc('second', steps.arrival_datetime)
        end as moment,
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
        and (:any_listed_site or steps.site_code in (:listed_sites))
),
moments_coded as (
    select
        site_code,
        person_key,
        moment,
        max(self_harm) as self_harm,
        max(homeless) as homeless,
        max(safeguarding) as safeguarding,
        max(mental_health) as mental_health
    from coded
    where self_harm + homeless + safeguarding + mental_health > 0
    group by site_code, person_key, moment
)
select
    site_code,
    person_key,
    count(*) as attendances,
    count(case when self_harm = 1 then 1 end) as self_harm,
    count(case when homeless = 1 then 1 end) as homeless,
    count(case when safeguarding = 1 then 1 end) as safeguarding,
    count(case when mental_health = 1 then 1 end) as mental_health
from moments_coded
group by site_code, person_key
