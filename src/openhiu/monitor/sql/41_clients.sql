-- The person keys that stand for one reference alone. Where two references claim the same key,
-- neither gets it: activity under the wrong name is worse than none.
select caseload_keys.person_ref, caseload_keys.person_key
from caseload_keys
where caseload_keys.person_key in (
    select k.person_key
    from caseload_keys as k
    group by k.person_key
    having count(distinct k.person_ref) = 1
)
