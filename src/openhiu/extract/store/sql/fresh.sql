-- The arriving rows, as far as deciding which version wins needs them; one part of the keys.
select
    {owner} as owner,
    {key} as key,
    coalesce(i.submitted_at, r.received_at) as version,
    i._content as content,
    i._submission,
    i._row,
    {month} as month,
    {happened} as happened,
    coalesce(i.record_action = 'delete', false) as deleted
from incoming i
join receipts r on i._submission = r._submission
where hash({owner}, {key}) % :parts = :part
