-- A batch of accepted rows gets what the store needs to compare them: what each says (_content)
-- and, where the sender gave no record identifier, a weak key in its place (_weak).
with said as (
    select *, cast(md5_number_lower({content}) >> 1 as bigint) as _content from batch
)
select
    {declared},
    :submission as _submission,
    _row,
    _content,
    case
        when {record} is not null then null
        -- Nobody and no record: two such rows are only the same if they say the same.
        when person_id is null then 'c' || cast(_content as varchar)
        else 'w' || md5(concat(person_id, chr(31), {place}, chr(31), {happened}))
    end as _weak,
    {owner} as owner
from said
order by {happened}, _row
