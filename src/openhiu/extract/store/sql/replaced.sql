-- Arriving rows that a bulk replacement takes away: same provider, happened in its period, made
-- before it, and not in it.
select w._submission, w._row
from winners w
join spans s
    on w.owner = s.owner
    and w.happened >= s.period_start and w.happened < s.period_end
    and w.version < s.moment
left join replacing k
    on k._submission = s._submission and k.owner = w.owner and k.key = w.key
where w.won and k.key is null
group by w._submission, w._row
