-- What becomes of each arriving row. `alive` rows are true from now on.
with judged as (
    select
        w.*,
        w.won and p._row is null and not w.deleted as alive,
        s.key is not null and s.content = w.content as stands,
        coalesce(s.alive, false) as stands_alive
    from winners w
    left join replaced p on w._submission = p._submission and w._row = p._row
    left join standing s on w.owner = s.owner and w.key = s.key
)
select
    *,
    case
        when alive and not (stands and stands_alive) then 'accepted'
        when won and deleted and not stands then 'accepted'
        when repeated or stands then 'duplicate'
        else 'superseded'
    end as outcome
from judged
