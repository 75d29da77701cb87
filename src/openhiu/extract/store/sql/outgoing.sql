-- Rows of the store that are not true any more.
select s._submission, s._row, s.month
from standing s
semi join (select owner, key from verdict where won) v on s.owner = v.owner and s.key = v.key
where s.alive
union all
select _submission, _row, month from swept
