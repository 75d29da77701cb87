-- The tier of each of them in one year: at a hospital, in the area, and in their place by all their
-- attendances in the area.
with everywhere as (
    select kind, unit, person_key, attendances from reached
    union all
    select 'place' as kind, placed.place as unit, reached.person_key, reached.attendances
    from reached
    inner join placed on placed.person_key = reached.person_key
    where reached.kind = 'area' and :has_places
)
select
    everywhere.kind,
    everywhere.unit,
    everywhere.person_key,
    everywhere.attendances,
    tier_bounds.tier
from everywhere
inner join tier_bounds
    on everywhere.attendances between tier_bounds.least and tier_bounds.most
