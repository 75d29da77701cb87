-- A number for what is true now, the same in whatever order it stands: rows and two sums of hashes.
with said as (
    select {content} as content from truth
)
select
    count(*) as rows,
    cast(sum(cast(md5_number_lower(content) as hugeint)) as varchar) as low,
    cast(sum(cast(md5_number_upper(content) as hugeint)) as varchar) as high
from said
