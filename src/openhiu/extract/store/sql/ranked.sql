-- The version order: the later one wins, then the greater content, then the one already in the
-- store, so that nothing is rewritten for a row that says the same. `copy` counts repetitions.
with versions as (
    select owner, key, version, content, _submission, _row, true as arrives from fresh
    union all
    select owner, key, version, content, _submission, _row, false from standing
)
select
    v._submission,
    v._row,
    v.arrives,
    row_number() over (
        partition by v.owner, v.key
        order by v.version desc, v.content desc, v.arrives, v._submission, v._row
    ) as place,
    row_number() over (
        partition by v.owner, v.key, v.content
        order by v.arrives, v.version desc, v._submission, v._row
    ) as copy
from versions v
semi join contested c on v.owner = c.owner and v.key = c.key
