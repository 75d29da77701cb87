-- Tier by tier: how many came into it in each month of the year, and how many of those who were in it
-- at the start still were at each month end.
with everywhere as (
    select * from month_ends
    union all
    select
        'place' as kind,
        placed.place as unit,
        month_ends.person_key,
        at_00, at_01, at_02, at_03, at_04, at_05, at_06,
        at_07, at_08, at_09, at_10, at_11, at_12
    from month_ends
    inner join placed on placed.person_key = month_ends.person_key
    where month_ends.kind = 'area' and :has_places
)
select
    everywhere.kind,
    everywhere.unit,
    tier_bounds.tier,
    count(case when at_00 between tier_bounds.least and tier_bounds.most then 1 end) as began,
    count(case
        when at_01 between tier_bounds.least and tier_bounds.most
            and not at_00 between tier_bounds.least and tier_bounds.most then 1
    end) as entered_01,
    count(case
        when at_02 between tier_bounds.least and tier_bounds.most
            and not at_01 between tier_bounds.least and tier_bounds.most then 1
    end) as entered_02,
    count(case
        when at_03 between tier_bounds.least and tier_bounds.most
            and not at_02 between tier_bounds.least and tier_bounds.most then 1
    end) as entered_03,
    count(case
        when at_04 between tier_bounds.least and tier_bounds.most
            and not at_03 between tier_bounds.least and tier_bounds.most then 1
    end) as entered_04,
    count(case
        when at_05 between tier_bounds.least and tier_bounds.most
            and not at_04 between tier_bounds.least and tier_bounds.most then 1
    end) as entered_05,
    count(case
        when at_06 between tier_bounds.least and tier_bounds.most
            and not at_05 between tier_bounds.least and tier_bounds.most then 1
    end) as entered_06,
    count(case
        when at_07 between tier_bounds.least and tier_bounds.most
            and not at_06 between tier_bounds.least and tier_bounds.most then 1
    end) as entered_07,
    count(case
        when at_08 between tier_bounds.least and tier_bounds.most
            and not at_07 between tier_bounds.least and tier_bounds.most then 1
    end) as entered_08,
    count(case
        when at_09 between tier_bounds.least and tier_bounds.most
            and not at_08 between tier_bounds.least and tier_bounds.most then 1
    end) as entered_09,
    count(case
        when at_10 between tier_bounds.least and tier_bounds.most
            and not at_09 between tier_bounds.least and tier_bounds.most then 1
    end) as entered_10,
    count(case
        when at_11 between tier_bounds.least and tier_bounds.most
            and not at_10 between tier_bounds.least and tier_bounds.most then 1
    end) as entered_11,
    count(case
        when at_12 between tier_bounds.least and tier_bounds.most
            and not at_11 between tier_bounds.least and tier_bounds.most then 1
    end) as entered_12,
    count(case
        when at_00 between tier_bounds.least and tier_bounds.most
            and at_01 between tier_bounds.least and tier_bounds.most then 1
    end) as still_01,
    count(case
        when at_00 between tier_bounds.least and tier_bounds.most
            and at_02 between tier_bounds.least and tier_bounds.most then 1
    end) as still_02,
    count(case
        when at_00 between tier_bounds.least and tier_bounds.most
            and at_03 between tier_bounds.least and tier_bounds.most then 1
    end) as still_03,
    count(case
        when at_00 between tier_bounds.least and tier_bounds.most
            and at_04 between tier_bounds.least and tier_bounds.most then 1
    end) as still_04,
    count(case
        when at_00 between tier_bounds.least and tier_bounds.most
            and at_05 between tier_bounds.least and tier_bounds.most then 1
    end) as still_05,
    count(case
        when at_00 between tier_bounds.least and tier_bounds.most
            and at_06 between tier_bounds.least and tier_bounds.most then 1
    end) as still_06,
    count(case
        when at_00 between tier_bounds.least and tier_bounds.most
            and at_07 between tier_bounds.least and tier_bounds.most then 1
    end) as still_07,
    count(case
        when at_00 between tier_bounds.least and tier_bounds.most
            and at_08 between tier_bounds.least and tier_bounds.most then 1
    end) as still_08,
    count(case
        when at_00 between tier_bounds.least and tier_bounds.most
            and at_09 between tier_bounds.least and tier_bounds.most then 1
    end) as still_09,
    count(case
        when at_00 between tier_bounds.least and tier_bounds.most
            and at_10 between tier_bounds.least and tier_bounds.most then 1
    end) as still_10,
    count(case
        when at_00 between tier_bounds.least and tier_bounds.most
            and at_11 between tier_bounds.least and tier_bounds.most then 1
    end) as still_11,
    count(case
        when at_00 between tier_bounds.least and tier_bounds.most
            and at_12 between tier_bounds.least and tier_bounds.most then 1
    end) as still_12
from everywhere
cross join tier_bounds
group by everywhere.kind, everywhere.unit, tier_bounds.tier
