-- Arriving rows that are not true.
select _submission, _row from verdict where not alive
