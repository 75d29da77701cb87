-- The people of those rows, each once.
select distinct person_key from followed
