-- Everyone whom any rule could list; the month rules are worked out for these alone.
select attenders.list_id, attenders.person_key, attenders.in_window, attenders.last_arrival
from attenders
inner join cut on cut.list_id = attenders.list_id
where (:has_top and attenders.in_window >= cut.in_window)
    or attenders.in_window >= :least_in_window
    or attenders.in_period >= :least_in_year
