-- Rows of a month that stand in the month before as well: the same person, site and minute of the
-- day under another date. Few do by chance; of a month that was sent twice all do.
with marked as (
    select distinct
        dataset,
        site_code,
        person_key,
        extract(year from moment) * 12 + extract(month from moment) as month_number,
        extract(hour from moment) * 60 + extract(minute from moment) as minute_of_day
    from received
    where person_key is not null
)

select
    later.dataset,
    later.site_code,
    later.month_number,
    count(*) as again
from marked as later
inner join marked as earlier
    on earlier.dataset = later.dataset
    and earlier.site_code = later.site_code
    and earlier.person_key = later.person_key
    and earlier.minute_of_day = later.minute_of_day
    and earlier.month_number = later.month_number - 1
group by later.dataset, later.site_code, later.month_number
order by later.dataset, later.site_code, later.month_number
