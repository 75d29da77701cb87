-- Everyone at or above the floor of their list; in a frame the key is the identifier.
select
    attenders.list_id,
    attenders.person_key,
    attenders.person_key as person_id,
    attenders.in_window,
    attenders.last_arrival
from attenders
inner join floor_of_list on floor_of_list.list_id = attenders.list_id
where attenders.in_window >= floor_of_list.in_window
