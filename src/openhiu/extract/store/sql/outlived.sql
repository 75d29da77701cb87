-- Records listed as gone for which a later version decides from now on.
select s.owner, s.key
from standing s
semi join (select owner, key from verdict where won) v on s.owner = v.owner and s.key = v.key
where not s.alive
