select _submission, _row from verdict where not alive
