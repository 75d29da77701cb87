-- Rows of the store that the arriving bulk replacement takes away.
select
    p.owner, p.key, p.version, p.content, p._submission, p._row, p.month
from (
    select
        {owner} as owner, {key} as key, {happened} as happened, _version as version,
        _content as content, _submission, _row, {month} as month
    from prepared
    where hash({owner}, {key}) % :parts = :part
) p
join spans s
    on p.owner = s.owner
    and p.happened >= s.period_start and p.happened < s.period_end
    and p.version < s.moment
join receipts r on s._submission = r._submission
anti join fresh f on p.owner = f.owner and p.key = f.key
