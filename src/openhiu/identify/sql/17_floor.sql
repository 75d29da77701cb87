-- The lowest count a listed person can have, list by list: whoever stands at or above it is
-- ranked, so that a place on the list is a place among everybody.
select cut.list_id, min(case
    when qualifiers.in_window is not null and :has_top and cut.in_window < qualifiers.in_window
        then cut.in_window
    when qualifiers.in_window is not null then qualifiers.in_window
    when :has_top then cut.in_window
end) as in_window
from cut
left join qualifiers on qualifiers.list_id = cut.list_id
group by cut.list_id
