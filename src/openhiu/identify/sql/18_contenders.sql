-- Everyone at or above the floor of their list, with the identifier that breaks ties.
select
    attenders.list_id,
    attenders.person_key,
    persons.person_id,
    attenders.in_window,
    attenders.last_arrival
from attenders
inner join floor_of_list on floor_of_list.list_id = attenders.list_id
inner join persons on persons.person_key = attenders.person_key
where attenders.in_window >= floor_of_list.in_window
