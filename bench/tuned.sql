-- The default list (top 250 of 3 months at each site and across sites, and everyone with more than 3
-- in a calendar month) as somebody would write it who knows DuckDB, the data and this one list.
-- {source}: the files. {key}: person_id or the store's person_no.
set preserve_insertion_order = false;

create or replace temp table ended as
    select {key} as person, arrival_datetime as died_at from {source}
    where discharge_destination = '305398007' or discharge_status = '63238001';

create or replace temp table dead as
    with seen as (
        select {key} as person, max(arrival_datetime) as last_arrival from {source}
        where {key} in (select person from ended) group by 1
    )
    select distinct person from ended join seen using (person) where last_arrival <= died_at;

-- Adults whose date of birth is missing from some of their attendances of the year, not from all.
create or replace temp table adults as
    select {key} as person from {source}
    where arrival_datetime >= '2025-04-01' and arrival_datetime < '2026-04-01' and {key} in (
        select {key} from {source} where birth_date is null
            and arrival_datetime >= '2025-04-01' and arrival_datetime < '2026-04-01'
    )
    group by 1 having max(birth_date) <= '{adult}';

-- One narrow pass over the window: raw counts per person and site.
create or replace temp table tally as
    select site_code, {key} as person, count(*)::integer as n from {source}
    where arrival_datetime >= '2026-01-01' and arrival_datetime < '2026-04-01' and {counted}
    group by all;

-- Nobody below the lower of 4 and (the last place of their list before repeats are out, less one)
-- can be listed or stand above somebody listed. The figures are checked after the run.
create or replace temp table candidates as
    with lists as (
        select site_code as list_id, person, n from tally
        union all
        select 'ALL', person, sum(n)::integer from tally
        where (select count(distinct site_code) from tally) > 1 group by person
    ),
    places as (
        select list_id, n, sum(count(*)) over (partition by list_id order by n desc) as at_or_above
        from lists group by list_id, n
    ),
    least_n as (
        select list_id,
            least(4, greatest(1, coalesce(max(n) filter (at_or_above >= 250), 1) - 1)) as least_n
        from places group by list_id
    )
    select list_id, person, least_n from lists join least_n using (list_id) where n >= least_n;

-- A second pass, for the candidates alone: 12 months, each moment once.
create or replace temp table moments as
    select site_code, {key} as person, min(arrival_datetime) as arrival,
        max(arrival_mode in ({ambulance})) as ambulance,
        max(coalesce(admitted, false) or coalesce(discharge_destination in ({admitted}), false))
            as admitted
    from {source}
    where arrival_datetime >= '2025-04-01' and arrival_datetime < '2026-04-01' and {counted}
        and {key} in (select person from candidates)
    group by site_code, person, date_trunc('minute', arrival_datetime);

create or replace temp table result as
    with on_list as (
        select c.list_id, m.*, m.arrival >= '2026-01-01' as inside
        from moments m join candidates c
            on c.person = m.person and (c.list_id = m.site_code or c.list_id = 'ALL')
    ),
    facts as (
        select list_id, person,
            count(*) filter (inside) as attendances, count(*) as attendances_12m,
            count(*) filter (inside and ambulance) as by_ambulance,
            count(*) filter (inside and admitted) as admissions,
            min(arrival) filter (inside) as first_arrival,
            max(arrival) filter (inside) as last_arrival,
            greatest(
                count(*) filter (inside and month(arrival) = 1),
                count(*) filter (inside and month(arrival) = 2),
                count(*) filter (inside and month(arrival) = 3)
            ) as max_in_month
        from on_list group by list_id, person
    ),
    places as (
        select facts.*, {person_id} as person_id,
            row_number() over (
                partition by list_id order by attendances desc, last_arrival desc, {person_id}
            ) as rank
        from facts {persons} where attendances > 0
    ),
    visited as (
        select person, count(distinct site_code) as sites_attended
        from moments where arrival >= '2026-01-01' group by person
    )
    select list_id, rank, person_id, attendances, max_in_month, attendances_12m, by_ambulance,
        admissions, sites_attended, first_arrival, last_arrival
    from places join visited using (person)
    where rank <= 250 or max_in_month > 3
    order by list_id, rank;
