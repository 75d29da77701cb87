-- Everyone of whom more is to be known: who was in a tier in either year, or at some time between.
select person_key from reached_now
union
select person_key from reached_before
union
select person_key from busy
