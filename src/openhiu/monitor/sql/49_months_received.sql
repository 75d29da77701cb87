-- What each month holds of each dataset and site. The two sums over the time of day are the same for
-- the same rows whatever dates they stand under: together with the counts they are a fingerprint.
select
    dataset,
    site_code,
    date_trunc('month', moment) as month,
    count(*) as rows_received,
    count(distinct person_key) as people,
    max(moment) as newest,
    sum(extract(hour from moment) * 60 + extract(minute from moment)) as minutes,
    sum(
        (extract(hour from moment) * 60 + extract(minute from moment))
        * (extract(hour from moment) * 60 + extract(minute from moment))
    ) as squares
from received
group by dataset, site_code, date_trunc('month', moment)
order by dataset, site_code, month
