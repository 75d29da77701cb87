-- What each site sent in each month: all rows, those of the counted kind (linked to a person or
-- not), those of same day emergency care, and those of each other kind of department.
select
    site_code,
    cast(
        extract(year from arrival_datetime) * 12 + extract(month from arrival_datetime) as integer
    ) as month_no,
    count(*) as sent,
    count(case
        when coalesce(department_type, '') in (:departments)
            and coalesce(attendance_category, '') in (:categories)
            and coalesce(discharge_status, '') not in (:left_out_statuses)
            then 1
    end) as counted,
    count(case when coalesce(department_type, '') in (:departments) then 1 end) as of_departments,
    count(case when department_type = '05' then 1 end) as same_day_care,
    count(case when person_key is null then 1 end) as unlinked,
    min(arrival_datetime) as oldest,
    max(arrival_datetime) as newest
from attendances
where site_code is not null and arrival_datetime < :as_of
group by
    site_code,
    cast(
        extract(year from arrival_datetime) * 12 + extract(month from arrival_datetime) as integer
    )
order by site_code, month_no
