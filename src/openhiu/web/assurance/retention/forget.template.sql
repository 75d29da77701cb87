-- Written by openhiu.web.assurance.retention.script from retention/forgetting.py: change those.
-- Run by the tables' owner, again and again without harm.
--
-- The application cannot delete histories, letters that left, or a reviewed sharing. Only this
-- function can, with the owner's right, and only
--   * for the person of an appraisal that two different people agreed on, in the service named in
--     the transaction (row security is forced on the owner as well);
--   * when the days agreed on have passed by the database's own clock, one day at the least:
--     `agreed_clock` is stamped by the guard below, and the application cannot write it;
--   * while nothing holds the person, their class or the service, and no follow-up, sharing without
--     consent, disclosure or opening outside one's own work waits to be ended or reviewed;
--   * with an entry in the audit, written here, or not at all.
-- It takes one key and no name of a table, column or person.

create or replace function public.assurance_told(told jsonb, name text, n bigint) returns jsonb
language sql immutable set search_path = pg_catalog, pg_temp
as $$
    select case when n = 0 then told
        else told || jsonb_build_object(name, coalesce((told ->> name)::bigint, 0) + n) end
$$;

-- What the application may not say about an appraisal: when it was agreed, and afterwards what.
create or replace function public.assurance_appraisal_guard() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
declare
    owner constant name := (
        select pg_get_userbyid(relowner) from pg_class where oid = tg_relid
    );
begin
    if current_user = owner then
        return case when tg_op = 'DELETE' then old else new end;
    end if;
    if tg_op = 'DELETE' then
        raise exception 'appraisals are kept' using errcode = 'insufficient_privilege';
    end if;
    if tg_op = 'INSERT' then
        if new.state <> 'waiting' or new.confirmed_by_id is not null then
            raise exception 'an appraisal begins undecided'
                using errcode = 'insufficient_privilege';
        end if;
        new.agreed_clock := null;
        return new;
    end if;
    if new.about <> old.about or new.service_id <> old.service_id or new.id <> old.id
        or old.state = 'removed' or new.state = 'removed' then
        raise exception 'this cannot be said of an appraisal'
            using errcode = 'insufficient_privilege';
    end if;
    new.agreed_clock := old.agreed_clock;
    if new.state = 'cooling' and old.state <> 'cooling' then
        if old.state <> 'proposed' or new.decision <> 'remove' or old.proposed_by_id is null
            or new.proposed_by_id <> old.proposed_by_id
            or exists (
                select from access_membership as one
                join access_membership as other on other.user_id = one.user_id
                where one.id = new.proposed_by_id and other.id = new.confirmed_by_id
            )
            or not exists (select from access_membership as other
                where other.id = new.confirmed_by_id and other.service_id = new.service_id
                    and other.ended_at is null)
        then
            raise exception 'a second person agrees to what the first proposed'
                using errcode = 'insufficient_privilege';
        end if;
        new.agreed_clock := clock_timestamp();
    elsif new.state <> 'cooling' then
        new.agreed_clock := null;
    elsif new.proposed_by_id is distinct from old.proposed_by_id
        or new.confirmed_by_id is distinct from old.confirmed_by_id
        or new.decision <> old.decision or new.cooling_days < old.cooling_days
        or new.records <> old.records then
        raise exception 'what was agreed stays as it was agreed'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
revoke all on function public.assurance_appraisal_guard() from public;
create or replace trigger assurance_appraisal_guards
    before insert or update or delete on public.assurance_appraisal
    for each row execute function public.assurance_appraisal_guard();

create or replace function public.assurance_forget(appraisal uuid) returns jsonb
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
    mine constant uuid := nullif(current_setting('openhiu.service', true), '')::uuid;
    ignored constant text := coalesce(current_setting('pgtrigger.ignore', true), '');
    decided public.assurance_appraisal;
    persons uuid[];
    keys text[] := array[]::text[];
    told jsonb := '{}';
    n bigint;
    -- <declared>
begin
    select * into decided from public.assurance_appraisal as one
    where one.id = appraisal and one.service_id = mine for update;
    if decided.id is null then
        raise exception 'there is no such appraisal' using errcode = 'insufficient_privilege';
    end if;
    if decided.state <> 'cooling' or decided.decision <> 'remove' or decided.agreed_clock is null
        or decided.agreed_clock
            + make_interval(days => greatest(decided.cooling_days::integer, 1))
            > clock_timestamp()
    then
        raise exception 'it is not yet time' using errcode = 'insufficient_privilege';
    end if;
    -- Whoever was joined to the record goes with it; a record joined to another is not a whole one.
    with recursive joined(id) as (
        select id from public.people_person
        where id = decided.about and service_id = mine and merged_into_id is null
        union
        select other.id from public.people_person as other
        join joined on other.merged_into_id = joined.id where other.service_id = mine
    )
    select array_agg(id) into persons from joined;
    if persons is null or not (persons <@ decided.records) then
        raise exception 'it is another record than was agreed on'
            using errcode = 'insufficient_privilege';
    end if;
    perform from public.people_person where id = any(persons) and service_id = mine for update;
    if exists (
        select from public.assurance_hold as hold
        where hold.service_id = mine and hold.lifted_at is null
            and (hold.person_id = any(persons)
                or hold.record_class in ('every', decided.record_class))
    ) then
        raise exception 'it is held' using errcode = 'insufficient_privilege';
    end if;
    -- Nobody forgets what somebody still has to look at. After a restore, when the owner removes
    -- once more what was removed, it may be open again: it was not when it was decided.
    if session_user <> current_user and (
        exists (
            select from casework_followup as one
            left join casework_concern as worry on worry.id = one.concern_id
            left join casework_sharedwithoutconsent as shared on shared.id = one.shared_id
            where one.service_id = mine and one.closed_at is null
                and (worry.person_id = any(persons) or shared.person_id = any(persons))
        )
        or exists (select from casework_sharedwithoutconsent as one where one.service_id = mine
            and one.reviewed_at is null and one.person_id = any(persons))
        or exists (select from assurance_disclosure as one where one.service_id = mine
            and one.reviewed_at is null and one.person_id = any(persons))
        or exists (select from access_breakglass as one where one.service_id = mine
            and one.reviewed_at is null and one.person_id = any(persons))
    ) then
        raise exception 'something about it is still open'
            using errcode = 'insufficient_privilege';
    end if;
    -- Rows that nobody may change are protected from the application, not from this.
    perform set_config('pgtrigger.ignore', coalesce((
        select array_agg(distinct tgname)::text from pg_trigger where tgname like 'pgtrigger\_%'
    ), ''), true);

    -- <found>

    -- <named>
    -- While two records were one, the history of each said things of both.
    delete from public.people_personevent as said
    using public.people_merge as joined, public.people_person as gone
    where said.service_id = mine and joined.service_id = mine and gone.service_id = mine
        and joined.id = any(k_people_merge) and joined.decided_at is not null
        and said.pgh_obj_id in (joined.kept_id, joined.absorbed_id)
        and said.pgh_obj_id <> all(persons)
        and gone.id = any(persons) and gone.id in (joined.kept_id, joined.absorbed_id)
        and (said.pgh_created_at between joined.decided_at - interval '5 minutes'
                and coalesce(joined.undone_at, 'infinity') + interval '5 minutes'
            or (gone.nhs_number <> '' and said.nhs_number = gone.nhs_number)
            or (gone.family_name <> '' and said.family_name = gone.family_name
                and said.given_name = gone.given_name));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'people.Person history', n);
    delete from public.people_contactsafetyevent as said
    using public.people_merge as joined
    where said.service_id = mine and joined.service_id = mine
        and joined.id = any(k_people_merge) and joined.decided_at is not null
        and said.person_id in (joined.kept_id, joined.absorbed_id)
        and said.person_id <> all(persons)
        and said.pgh_created_at between joined.decided_at - interval '5 minutes'
            and coalesce(joined.undone_at, 'infinity') + interval '5 minutes';
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'people.ContactSafety history', n);

    -- <done>

    -- <by_key>

    insert into public.access_auditentry (
        id, service_id, seq, at, role, did, person_id, about, about_id, purpose, result, detail,
        previous_hash, hash
    ) values (
        gen_random_uuid(), mine, 0, now(), '', 'purged', decided.about, 'assurance.appraisal',
        decided.id, 'system', 'done',
        jsonb_build_object('reference', decided.reference, 'kinds', (
            select count(*) from jsonb_object_keys(told)
        ), 'rows', (select coalesce(sum(value::bigint), 0) from jsonb_each_text(told))), '', ''
    );
    update public.assurance_appraisal set state = 'removed', ended_at = now(), reason = ''
    where id = decided.id;
    set constraints all immediate;
    set constraints all deferred;
    perform set_config('pgtrigger.ignore', ignored, true);
    return told;
end
$$;
-- Whoever may connect may call it: the database is closed to all but owner and application.
