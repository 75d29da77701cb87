-- How many rows each site has in one month, so that a big month can be written in pieces.
select site, cast(sum(rows) as bigint) as rows
from (
    select {site} as site, count(*) as rows from incoming
    where {happened} >= :first and {happened} < :after group by 1
    union all
    select {site}, count(*) from rebuilt group by 1
)
group by site
order by site
