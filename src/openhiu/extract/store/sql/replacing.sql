-- The records that the bulk replacements hold.
select distinct _submission, {owner} as owner, {key} as key
from replacements
where hash({owner}, {key}) % :parts = :part
