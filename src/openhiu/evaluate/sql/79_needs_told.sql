-- What the attendances of the 12 months before say of housing and mental health: how often each was
-- written down at all, and how often it pointed to a need.
select
    journey_people.journey_no,
    count(case
        when a.accommodation_status is not null
            and a.accommodation_status not in (:housing_unknown)
            then 1
    end) as housing_told,
    count(case when a.accommodation_status in (:not_housed) then 1 end) as not_housed,
    count(case
        when a.chief_complaint is not null or a.diagnoses is not null then 1
    end) as complaints_told,
    count(case
        when a.injury_intent = :self_inflicted then 1
        when a.chief_complaint in (:mental_health_complaints) then 1
        when substr(a.diagnoses, 1, strpos(concat(a.diagnoses, ','), ',') - 1)
            in (:mental_health_diagnoses)
            then 1
    end) as mental_health
from attendances as a
left join same_person on same_person.person_key = a.person_key
inner join journey_people
    on journey_people.person_key = coalesce(same_person.who, a.person_key)
    and a.arrival_datetime < journey_people.known_by
    and a.arrival_datetime >= journey_people.known_from
group by journey_people.journey_no
order by journey_people.journey_no
