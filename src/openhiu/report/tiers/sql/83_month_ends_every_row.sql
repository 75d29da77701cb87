-- How often each of them had come in the 12 months up to the start of the year and up to each of
-- its month ends, where every row counts. Whoever has died has not come.
with moments as (
    select visits.site_code, visits.person_key, visits.arrival_datetime
    from visits
    inner join busy on busy.person_key = visits.person_key
),
living as (
    select moments.site_code, moments.person_key, moments.arrival_datetime, deaths_known.died_at
    from moments
    left join deaths_known on deaths_known.person_key = moments.person_key
),
at_site as (
    select
        'site' as kind,
        site_code as unit,
        person_key,
        count(case
            when arrival_datetime >= :b00 and arrival_datetime < :b12
                and (died_at is null or died_at >= :b12) then 1
        end) as at_00,
        count(case
            when arrival_datetime >= :b01 and arrival_datetime < :b13
                and (died_at is null or died_at >= :b13) then 1
        end) as at_01,
        count(case
            when arrival_datetime >= :b02 and arrival_datetime < :b14
                and (died_at is null or died_at >= :b14) then 1
        end) as at_02,
        count(case
            when arrival_datetime >= :b03 and arrival_datetime < :b15
                and (died_at is null or died_at >= :b15) then 1
        end) as at_03,
        count(case
            when arrival_datetime >= :b04 and arrival_datetime < :b16
                and (died_at is null or died_at >= :b16) then 1
        end) as at_04,
        count(case
            when arrival_datetime >= :b05 and arrival_datetime < :b17
                and (died_at is null or died_at >= :b17) then 1
        end) as at_05,
        count(case
            when arrival_datetime >= :b06 and arrival_datetime < :b18
                and (died_at is null or died_at >= :b18) then 1
        end) as at_06,
        count(case
            when arrival_datetime >= :b07 and arrival_datetime < :b19
                and (died_at is null or died_at >= :b19) then 1
        end) as at_07,
        count(case
            when arrival_datetime >= :b08 and arrival_datetime < :b20
                and (died_at is null or died_at >= :b20) then 1
        end) as at_08,
        count(case
            when arrival_datetime >= :b09 and arrival_datetime < :b21
                and (died_at is null or died_at >= :b21) then 1
        end) as at_09,
        count(case
            when arrival_datetime >= :b10 and arrival_datetime < :b22
                and (died_at is null or died_at >= :b22) then 1
        end) as at_10,
        count(case
            when arrival_datetime >= :b11 and arrival_datetime < :b23
                and (died_at is null or died_at >= :b23) then 1
        end) as at_11,
        count(case
            when arrival_datetime >= :b12 and arrival_datetime < :b24
                and (died_at is null or died_at >= :b24) then 1
        end) as at_12
    from living
    group by site_code, person_key
),
at_any as (
    select * from at_site
    union all
    select
        'area' as kind,
        'ALL' as unit,
        person_key,
        cast(sum(at_00) as bigint) as at_00,
        cast(sum(at_01) as bigint) as at_01,
        cast(sum(at_02) as bigint) as at_02,
        cast(sum(at_03) as bigint) as at_03,
        cast(sum(at_04) as bigint) as at_04,
        cast(sum(at_05) as bigint) as at_05,
        cast(sum(at_06) as bigint) as at_06,
        cast(sum(at_07) as bigint) as at_07,
        cast(sum(at_08) as bigint) as at_08,
        cast(sum(at_09) as bigint) as at_09,
        cast(sum(at_10) as bigint) as at_10,
        cast(sum(at_11) as bigint) as at_11,
        cast(sum(at_12) as bigint) as at_12
    from at_site
    group by person_key
)
select *
from at_any
where greatest(
    at_00, at_01, at_02, at_03, at_04, at_05, at_06,
    at_07, at_08, at_09, at_10, at_11, at_12
) >= :least
