-- What is true for some months: what was, without what left, and what arrived and won.
with current as (
    select {fresh_columns}, coalesce(i.submitted_at, r.received_at) as _version
    from (
        select * from incoming
        where ({happened} is null or ({happened} >= :first and {happened} < :after))
            and 's' || {site} > :low and 's' || {site} <= :high
    ) i
    join receipts r on i._submission = r._submission
    anti join dropped d on i._submission = d._submission and i._row = d._row
    left join known n on i.person_id = n.person_id
    union all
    select {prepared_columns}, p._version
    from (
        select * from rebuilt where 's' || {site} > :low and 's' || {site} <= :high
    ) p
    anti join outgoing o on p._submission = o._submission and p._row = o._row
)
select *, {owner} as "owner", {month} as "month", {site} as "site"
from current
order by "month", "site", {person} nulls last, {happened}, _submission, _row
