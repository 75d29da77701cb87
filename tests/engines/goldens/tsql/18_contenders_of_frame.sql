-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Everyone at or above the floor of their list; in a frame the key is the identifier. */
SELECT
  [attenders].[list_id],
  [attenders].[person_key],
  [attenders].[person_key] AS [person_id],
  [attenders].[in_window],
  [attenders].[last_arrival]
FROM [attenders]
INNER JOIN [floor_of_list]
  ON [floor_of_list].[list_id] = [attenders].[list_id]
WHERE
  [attenders].[in_window] >= [floor_of_list].[in_window]
