-- How many rows each day holds of each dataset and site.
select dataset, site_code, cast(moment as date) as day, count(*) as rows_received
from received
group by dataset, site_code, cast(moment as date)
order by dataset, site_code, day
