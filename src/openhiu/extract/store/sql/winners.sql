-- Each arriving row with its rank; a row whose key nobody contests is first and only.
select f.*, coalesce(r.place, 1) = 1 as won, coalesce(r.copy, 1) > 1 as repeated
from fresh f
left join (select * from ranked where arrives) r
    on f._submission = r._submission and f._row = r._row
