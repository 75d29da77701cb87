-- What somebody writes for their own eyes: even within its service a row shows only while its owner
-- is the named reader of the transaction. Run by the tables' owner, again and again without harm.

drop policy if exists own_only on team_straincheck;
create policy own_only on team_straincheck as restrictive for all
    using (user_id = (select nullif(current_setting('openhiu.reader', true), '')::uuid))
    with check (user_id = (select nullif(current_setting('openhiu.reader', true), '')::uuid));

drop policy if exists own_only on team_privatenote;
create policy own_only on team_privatenote as restrictive for all
    using (user_id = (select nullif(current_setting('openhiu.reader', true), '')::uuid))
    with check (user_id = (select nullif(current_setting('openhiu.reader', true), '')::uuid));
