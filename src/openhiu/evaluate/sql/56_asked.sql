-- Everybody of whom more has to be known: those who could stand on a list, and the roster.
select person_key from contenders
union
select person_key from starts
