-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server
-- 2022 or later and a database with a binary (BIN2) collation; write out the members of
-- list parameters, and give yes-or-no parameters as 1 or 0.
/* Everyone on a list since the service started, with the first such list. */
SELECT
  [list_rows].[site_code],
  [list_rows].[person_key],
  MIN([list_rows].[list_no]) AS [list_no]
FROM [list_rows]
INNER JOIN [list_sites]
  ON [list_sites].[site_code] = [list_rows].[site_code]
WHERE
  [list_rows].[list_no] >= [list_sites].[start_no]
GROUP BY
  [list_rows].[site_code],
  [list_rows].[person_key]
