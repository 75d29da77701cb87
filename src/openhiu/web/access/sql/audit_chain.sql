-- The audit's chain: every entry carries the hash of the one before it in its service, so that a
-- changed, missing or added entry shows. Run by the tables' owner, again and again without harm.
--
-- An entry's canonical text is the JSON array, as PostgreSQL prints jsonb, of these, in this order:
--   seq, service, at, user, role, organisation, did, person, about, about_id, purpose, result,
--   detail, id
-- Keys are lower-case text with hyphens; what is not there is null; `at` is UTC with six decimals and a Z
-- (2026-11-22T09:30:00.000000Z); keys inside `detail` go by length, then by bytes; a comma and a
-- colon are followed by one space; letters outside ASCII stand as they are.
--   hash = lower-case hex of sha256(UTF-8 of previous_hash followed by the canonical text)
-- The first entry of a service has seq 1 and an empty previous_hash. Entries without a service
-- (signing in, before a role is taken) are a chain of their own.
--
-- The chain is closed at the end of a transaction, so that people of one service wait for each
-- other only while committing, not while a page is drawn. Until then seq is negative; `set
-- constraints all immediate` closes it earlier.

create sequence if not exists access_audit_arrival;

create index if not exists access_audit_open on access_auditentry (seq) where seq < 0;

create or replace function access_audit_text(entry access_auditentry) returns text
language sql stable parallel safe
set search_path = pg_catalog, public, pg_temp
as $$
    select jsonb_build_array(
        entry.seq,
        entry.service_id,
        to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        entry.user_id,
        entry.role,
        entry.organisation_id,
        entry.did,
        entry.person_id,
        entry.about,
        entry.about_id,
        entry.purpose,
        entry.result,
        entry.detail,
        entry.id
    )::text
$$;

create or replace function access_audit_hash(entry access_auditentry) returns text
language sql stable parallel safe
set search_path = pg_catalog, public, pg_temp
as $$
    select encode(
        sha256(convert_to(entry.previous_hash || public.access_audit_text(entry), 'UTF8')), 'hex'
    )
$$;

-- Whatever the application says about place and hash is thrown away.
create or replace function access_audit_arrive() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
    new.seq := -nextval('public.access_audit_arrival');
    new.previous_hash := '';
    new.hash := '';
    return new;
end
$$;

create or replace function access_audit_close() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
    entry public.access_auditentry;
    place bigint;
    before text;
begin
    -- The first of a transaction's entries closes all of them; the others have nothing left to do.
    perform from public.access_auditentry where id = new.id and seq < 0;
    if not found then
        return null;
    end if;
    -- Always in the same order: two transactions that touch the same two chains never deadlock.
    perform pg_advisory_xact_lock(chain.key) from (
        select distinct hashtextextended('openhiu audit ' || coalesce(service_id::text, ''), 0) as key
        from public.access_auditentry where seq < 0 order by 1
    ) as chain;
    -- Negative places are this transaction's own: committed ones are closed.
    for entry in select * from public.access_auditentry where seq < 0 order by seq desc loop
        place := null;
        before := null;
        if entry.service_id is null then
            select seq, hash into place, before from public.access_auditentry
            where service_id is null and seq > 0 order by seq desc limit 1;
        else
            select seq, hash into place, before from public.access_auditentry
            where service_id = entry.service_id and seq > 0 order by seq desc limit 1;
        end if;
        update public.access_auditentry
        set seq = coalesce(place, 0) + 1, previous_hash = coalesce(before, '')
        where id = entry.id returning * into entry;
        update public.access_auditentry set hash = public.access_audit_hash(entry)
        where id = entry.id;
    end loop;
    return null;
end
$$;

create or replace function access_audit_keep() returns trigger
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
    if tg_op = 'UPDATE' and (old.seq < 0 or old.hash = '') then
        return new;  -- the chain being closed
    end if;
    raise exception 'the audit is append-only' using errcode = 'insufficient_privilege';
end
$$;

revoke all on function
    access_audit_arrive(), access_audit_close(), access_audit_keep() from public;

create or replace trigger access_audit_arrives before insert on access_auditentry
    for each row execute function access_audit_arrive();

drop trigger if exists access_audit_closes on access_auditentry;
create constraint trigger access_audit_closes after insert on access_auditentry
    deferrable initially deferred for each row execute function access_audit_close();

create or replace trigger access_audit_stays before update or delete on access_auditentry
    for each row execute function access_audit_keep();

create or replace trigger access_audit_is_not_emptied before truncate on access_auditentry
    for each statement execute function access_audit_keep();
