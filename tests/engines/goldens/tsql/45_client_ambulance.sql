-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* The clients' ambulance call-outs, whether or not they were taken anywhere. */
SELECT
  [clients].[person_ref],
  [a].[provider_code],
  [a].[call_id],
  [a].[call_datetime],
  [a].[arrived_on_scene_datetime],
  [a].[conveyed_to],
  [a].[destination_site_code]
FROM [ambulance] AS [a]
INNER JOIN [clients]
  ON [clients].[person_key] = [a].[person_key]
WHERE
  [a].[call_datetime] >= @since AND [a].[call_datetime] < @as_of
