-- Keys with more than one version; the others need no ranking.
select owner, key
from (select owner, key from fresh union all select owner, key from standing)
group by owner, key
having count(*) > 1
