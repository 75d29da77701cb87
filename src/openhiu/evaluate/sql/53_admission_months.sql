-- Emergency admissions of each site in each month, and how many of them had no night in hospital.
select
    site_code,
    cast(
        extract(year from admission_datetime) * 12 + extract(month from admission_datetime)
        as integer
    ) as month_no,
    count(*) as stays,
    count(case
        when cast(admission_datetime as date) = cast(discharge_datetime as date) then 1
    end) as without_a_night
from admissions
where admission_datetime < :as_of
    and site_code is not null
    and (
        admission_method in (:emergency_methods)
        or (is_emergency and coalesce(admission_method, '') not in (:emergency_methods))
    )
group by
    site_code,
    cast(
        extract(year from admission_datetime) * 12 + extract(month from admission_datetime)
        as integer
    )
order by site_code, month_no
