-- What the store holds under the same keys: a record that is true now, or one that is gone.
select s.*
from (
    select
        {owner} as owner, {key} as key, _version as version, _content as content,
        _submission, _row, {month} as month, true as alive
    from prepared
    union all
    select
        owner, key, version, content,
        cast(null as varchar), cast(null as bigint), cast(null as varchar), false
    from gone
) s
semi join fresh f on s.owner = f.owner and s.key = f.key
