-- Their counted attendances day by day, at every hospital in the store.
select
    moments.person_key,
    moments.day_no,
    cast(count(*) as integer) as attendances,
    cast(sum(moments.by_ambulance) as integer) as by_ambulance
from moments
inner join followed_people on followed_people.person_key = moments.person_key
group by moments.person_key, moments.day_no
