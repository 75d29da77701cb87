-- The yes or no of the social flag for the followed people whom its file knows.
with known as (
    select persons.person_key, social_flags.flag
    from social_flags
    inner join persons on persons.person_id = social_flags.person_id
    union all
    select persons.person_key, social_flags.flag
    from social_flags
    inner join people on people.nhs_number = social_flags.person_id
    inner join persons on persons.person_id = people.person_id
)
select followed_people.person_key, max(known.flag) as flag
from known
left join same_person on same_person.person_key = known.person_key
inner join followed_people
    on followed_people.person_key = coalesce(same_person.who, known.person_key)
group by followed_people.person_key
