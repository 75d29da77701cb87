-- Everybody in the user's frames; there the key is the identifier.
select person_key, person_key as person_id from attendances where person_key is not null
union
select person_key, person_key as person_id from admissions where person_key is not null
union
select person_key, person_key as person_id from ambulance where person_key is not null
union
select person_key, person_key as person_id from calls_111 where person_key is not null
