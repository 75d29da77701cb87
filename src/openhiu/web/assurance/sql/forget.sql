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
    k_people_person uuid[];
    k_people_othername uuid[];
    k_people_identifier uuid[];
    k_people_phone uuid[];
    k_people_contactsafety uuid[];
    k_people_notice uuid[];
    k_people_merge uuid[];
    k_people_apart uuid[];
    k_people_identitycheck uuid[];
    k_people_identityquestion uuid[];
    k_intake_listed uuid[];
    k_intake_approach uuid[];
    k_intake_attempt uuid[];
    k_casework_case uuid[];
    k_casework_phasechange uuid[];
    k_casework_contact uuid[];
    k_casework_supervisionnote uuid[];
    k_casework_handover uuid[];
    k_casework_plan uuid[];
    k_casework_need uuid[];
    k_casework_goal uuid[];
    k_casework_step uuid[];
    k_casework_networkmember uuid[];
    k_casework_outcome uuid[];
    k_casework_wellbeing uuid[];
    k_casework_connection uuid[];
    k_casework_connectionnews uuid[];
    k_casework_consent uuid[];
    k_casework_share uuid[];
    k_casework_concern uuid[];
    k_casework_sharedwithoutconsent uuid[];
    k_casework_followup uuid[];
    k_casework_followupstep uuid[];
    k_casework_objection uuid[];
    k_casework_story uuid[];
    k_casework_storyreview uuid[];
    k_casework_storyuse uuid[];
    k_casework_visit uuid[];
    k_casework_caseweight uuid[];
    k_casework_task uuid[];
    k_monitoring_coverage uuid[];
    k_monitoring_activity uuid[];
    k_monitoring_anniversary uuid[];
    k_monitoring_signal uuid[];
    k_monitoring_signalstep uuid[];
    k_mdt_listing uuid[];
    k_mdt_slot uuid[];
    k_mdt_note uuid[];
    k_mdt_action uuid[];
    k_mdt_agreedplan uuid[];
    k_mdt_planrow uuid[];
    k_mdt_copy uuid[];
    k_letters_letter uuid[];
    k_letters_addresscheck uuid[];
    k_letters_copy uuid[];
    k_letters_outgoing uuid[];
    k_assurance_rightsrequest uuid[];
    k_assurance_requestpause uuid[];
    k_assurance_itemreview uuid[];
    k_assurance_accesspack uuid[];
    k_assurance_correction uuid[];
    k_assurance_telling uuid[];
    k_assurance_processinghold uuid[];
    k_assurance_disclosure uuid[];
    k_assurance_entry uuid[];
    k_assurance_duty uuid[];
    k_assurance_lesson uuid[];
    k_assurance_step uuid[];
    k_assurance_recordclass uuid[];
    k_assurance_hold uuid[];
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

    k_people_person := persons;
    k_people_othername := array(select id from public.people_othername
        where service_id = mine and (person_id = any(k_people_person)));
    k_people_identifier := array(select id from public.people_identifier
        where service_id = mine and (person_id = any(k_people_person)));
    k_people_phone := array(select id from public.people_phone
        where service_id = mine and (person_id = any(k_people_person)));
    k_people_contactsafety := array(select id from public.people_contactsafety
        where service_id = mine and (person_id = any(k_people_person)));
    k_people_notice := array(select id from public.people_notice
        where service_id = mine and (person_id = any(k_people_person)));
    k_people_merge := array(select id from public.people_merge
        where service_id = mine and (kept_id = any(k_people_person) or absorbed_id = any(k_people_person)));
    k_people_apart := array(select id from public.people_apart
        where service_id = mine and (one_id = any(k_people_person) or other_id = any(k_people_person)));
    k_people_identitycheck := array(select id from public.people_identitycheck
        where service_id = mine and (person_id = any(k_people_person)));
    k_people_identityquestion := array(select id from public.people_identityquestion
        where service_id = mine and (person_id = any(k_people_person) or merge_id = any(k_people_merge)));
    k_intake_listed := array(select id from public.intake_listed
        where service_id = mine and (person_id = any(k_people_person)));
    k_intake_approach := array(select id from public.intake_approach
        where service_id = mine and (person_id = any(k_people_person)));
    k_intake_attempt := array(select id from public.intake_attempt
        where service_id = mine and (approach_id = any(k_intake_approach)));
    k_casework_case := array(select id from public.casework_case
        where service_id = mine and (person_id = any(k_people_person)));
    k_casework_phasechange := array(select id from public.casework_phasechange
        where service_id = mine and (case_id = any(k_casework_case)));
    k_casework_contact := array(select id from public.casework_contact
        where service_id = mine and (case_id = any(k_casework_case)));
    k_casework_supervisionnote := array(select id from public.casework_supervisionnote
        where service_id = mine and (case_id = any(k_casework_case)));
    k_casework_handover := array(select id from public.casework_handover
        where service_id = mine and (case_id = any(k_casework_case)));
    k_casework_plan := array(select id from public.casework_plan
        where service_id = mine and (case_id = any(k_casework_case)));
    k_casework_need := array(select id from public.casework_need
        where service_id = mine and (case_id = any(k_casework_case)));
    k_casework_goal := array(select id from public.casework_goal
        where service_id = mine and (case_id = any(k_casework_case)));
    k_casework_step := array(select id from public.casework_step
        where service_id = mine and (goal_id = any(k_casework_goal)));
    k_casework_networkmember := array(select id from public.casework_networkmember
        where service_id = mine and (case_id = any(k_casework_case)));
    k_casework_outcome := array(select id from public.casework_outcome
        where service_id = mine and (case_id = any(k_casework_case)));
    k_casework_wellbeing := array(select id from public.casework_wellbeing
        where service_id = mine and (case_id = any(k_casework_case)));
    k_casework_connection := array(select id from public.casework_connection
        where service_id = mine and (case_id = any(k_casework_case)));
    k_casework_connectionnews := array(select id from public.casework_connectionnews
        where service_id = mine and (connection_id = any(k_casework_connection)));
    k_casework_consent := array(select id from public.casework_consent
        where service_id = mine and (person_id = any(k_people_person)));
    k_casework_share := array(select id from public.casework_share
        where service_id = mine and (person_id = any(k_people_person)));
    k_casework_concern := array(select id from public.casework_concern
        where service_id = mine and (person_id = any(k_people_person)));
    k_casework_sharedwithoutconsent := array(select id from public.casework_sharedwithoutconsent
        where service_id = mine and (person_id = any(k_people_person)));
    k_casework_followup := array(select id from public.casework_followup
        where service_id = mine and (concern_id = any(k_casework_concern) or shared_id = any(k_casework_sharedwithoutconsent)));
    k_casework_followupstep := array(select id from public.casework_followupstep
        where service_id = mine and (follow_up_id = any(k_casework_followup)));
    k_casework_objection := array(select id from public.casework_objection
        where service_id = mine and (person_id = any(k_people_person)));
    k_casework_story := array(select id from public.casework_story
        where service_id = mine and (case_id = any(k_casework_case)));
    k_casework_storyreview := array(select id from public.casework_storyreview
        where service_id = mine and (story_id = any(k_casework_story)));
    k_casework_storyuse := array(select id from public.casework_storyuse
        where service_id = mine and (story_id = any(k_casework_story)));
    k_casework_visit := array(select id from public.casework_visit
        where service_id = mine and (case_id = any(k_casework_case)));
    k_casework_caseweight := array(select id from public.casework_caseweight
        where service_id = mine and (case_id = any(k_casework_case)));
    k_casework_task := array(select id from public.casework_task
        where service_id = mine and (case_id = any(k_casework_case)));
    k_monitoring_coverage := array(select id from public.monitoring_coverage
        where service_id = mine and (person_id = any(k_people_person)));
    k_monitoring_activity := array(select id from public.monitoring_activity
        where service_id = mine and (person_id = any(k_people_person)));
    k_monitoring_anniversary := array(select id from public.monitoring_anniversary
        where service_id = mine and (case_id = any(k_casework_case)));
    k_monitoring_signal := array(select id from public.monitoring_signal
        where service_id = mine and (case_id = any(k_casework_case)));
    k_monitoring_signalstep := array(select id from public.monitoring_signalstep
        where service_id = mine and (signal_id = any(k_monitoring_signal)));
    k_mdt_listing := array(select id from public.mdt_listing
        where service_id = mine and (case_id = any(k_casework_case)));
    k_mdt_slot := array(select id from public.mdt_slot
        where service_id = mine and (case_id = any(k_casework_case) or listing_id = any(k_mdt_listing)));
    k_mdt_note := array(select id from public.mdt_note
        where service_id = mine and (slot_id = any(k_mdt_slot)));
    k_mdt_action := array(select id from public.mdt_action
        where service_id = mine and (case_id = any(k_casework_case) or slot_id = any(k_mdt_slot)));
    k_mdt_agreedplan := array(select id from public.mdt_agreedplan
        where service_id = mine and (case_id = any(k_casework_case)));
    k_mdt_planrow := array(select id from public.mdt_planrow
        where service_id = mine and (plan_id = any(k_mdt_agreedplan)));
    k_mdt_copy := array(select id from public.mdt_copy
        where service_id = mine and (plan_id = any(k_mdt_agreedplan)));
    k_letters_letter := array(select id from public.letters_letter
        where service_id = mine and (case_id = any(k_casework_case)));
    k_letters_addresscheck := array(select id from public.letters_addresscheck
        where service_id = mine and (person_id = any(k_people_person)));
    k_letters_copy := array(select id from public.letters_copy
        where service_id = mine and (letter_id = any(k_letters_letter)));
    k_letters_outgoing := array(select id from public.letters_outgoing
        where service_id = mine and (letter_id = any(k_letters_letter)));
    k_assurance_rightsrequest := array(select id from public.assurance_rightsrequest
        where service_id = mine and (person_id = any(k_people_person)));
    k_assurance_requestpause := array(select id from public.assurance_requestpause
        where service_id = mine and (request_id = any(k_assurance_rightsrequest)));
    k_assurance_itemreview := array(select id from public.assurance_itemreview
        where service_id = mine and (request_id = any(k_assurance_rightsrequest)));
    k_assurance_accesspack := array(select id from public.assurance_accesspack
        where service_id = mine and (request_id = any(k_assurance_rightsrequest)));
    k_assurance_correction := array(select id from public.assurance_correction
        where service_id = mine and (person_id = any(k_people_person) or request_id = any(k_assurance_rightsrequest)));
    k_assurance_telling := array(select id from public.assurance_telling
        where service_id = mine and (correction_id = any(k_assurance_correction)));
    k_assurance_processinghold := array(select id from public.assurance_processinghold
        where service_id = mine and (person_id = any(k_people_person) or request_id = any(k_assurance_rightsrequest)));
    k_assurance_disclosure := array(select id from public.assurance_disclosure
        where service_id = mine and (person_id = any(k_people_person)));
    k_assurance_entry := array(select id from public.assurance_entry
        where service_id = mine and (person_id = any(k_people_person)));
    k_assurance_duty := array(select id from public.assurance_duty
        where service_id = mine and (entry_id = any(k_assurance_entry)));
    k_assurance_lesson := array(select id from public.assurance_lesson
        where service_id = mine and (entry_id = any(k_assurance_entry)));
    k_assurance_step := array(select id from public.assurance_step
        where service_id = mine and (entry_id = any(k_assurance_entry)));
    k_assurance_recordclass := array(select id from public.assurance_recordclass
        where service_id = mine and (person_id = any(k_people_person)));
    k_assurance_hold := array(select id from public.assurance_hold
        where service_id = mine and (person_id = any(k_people_person)));

    keys := keys || k_people_person::text[];
    keys := keys || k_people_othername::text[];
    keys := keys || k_people_identifier::text[];
    keys := keys || k_people_phone::text[];
    keys := keys || k_people_contactsafety::text[];
    keys := keys || k_people_notice::text[];
    keys := keys || k_people_merge::text[];
    keys := keys || k_people_apart::text[];
    keys := keys || k_people_identitycheck::text[];
    keys := keys || k_people_identityquestion::text[];
    keys := keys || k_intake_listed::text[];
    keys := keys || k_intake_approach::text[];
    keys := keys || k_intake_attempt::text[];
    keys := keys || k_casework_case::text[];
    keys := keys || k_casework_phasechange::text[];
    keys := keys || k_casework_contact::text[];
    keys := keys || k_casework_supervisionnote::text[];
    keys := keys || k_casework_handover::text[];
    keys := keys || k_casework_plan::text[];
    keys := keys || k_casework_need::text[];
    keys := keys || k_casework_goal::text[];
    keys := keys || k_casework_step::text[];
    keys := keys || k_casework_networkmember::text[];
    keys := keys || k_casework_outcome::text[];
    keys := keys || k_casework_wellbeing::text[];
    keys := keys || k_casework_connection::text[];
    keys := keys || k_casework_connectionnews::text[];
    keys := keys || k_casework_consent::text[];
    keys := keys || k_casework_share::text[];
    keys := keys || k_casework_concern::text[];
    keys := keys || k_casework_sharedwithoutconsent::text[];
    keys := keys || k_casework_followup::text[];
    keys := keys || k_casework_followupstep::text[];
    keys := keys || k_casework_objection::text[];
    keys := keys || k_casework_story::text[];
    keys := keys || k_casework_storyreview::text[];
    keys := keys || k_casework_storyuse::text[];
    keys := keys || k_casework_visit::text[];
    keys := keys || k_casework_caseweight::text[];
    keys := keys || k_casework_task::text[];
    keys := keys || k_monitoring_coverage::text[];
    keys := keys || k_monitoring_activity::text[];
    keys := keys || k_monitoring_anniversary::text[];
    keys := keys || k_monitoring_signal::text[];
    keys := keys || k_monitoring_signalstep::text[];
    keys := keys || k_mdt_listing::text[];
    keys := keys || k_mdt_slot::text[];
    keys := keys || k_mdt_note::text[];
    keys := keys || k_mdt_action::text[];
    keys := keys || k_mdt_agreedplan::text[];
    keys := keys || k_mdt_planrow::text[];
    keys := keys || k_mdt_copy::text[];
    keys := keys || k_letters_letter::text[];
    keys := keys || k_letters_addresscheck::text[];
    keys := keys || k_letters_copy::text[];
    keys := keys || k_letters_outgoing::text[];
    keys := keys || k_assurance_rightsrequest::text[];
    keys := keys || k_assurance_requestpause::text[];
    keys := keys || k_assurance_itemreview::text[];
    keys := keys || k_assurance_accesspack::text[];
    keys := keys || k_assurance_correction::text[];
    keys := keys || k_assurance_telling::text[];
    keys := keys || k_assurance_processinghold::text[];
    keys := keys || k_assurance_disclosure::text[];
    keys := keys || k_assurance_entry::text[];
    keys := keys || k_assurance_duty::text[];
    keys := keys || k_assurance_lesson::text[];
    keys := keys || k_assurance_step::text[];
    keys := keys || k_assurance_recordclass::text[];
    keys := keys || k_assurance_hold::text[];
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

    delete from public.people_personevent where service_id = mine
        and (pgh_obj_id = any(k_people_person));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'people.Person history', n);
    update public.people_person set "given_name" = '', "family_name" = '', "preferred_name" = '', "pronouns" = '', "birth_date" = null, "sex" = '', "nhs_number" = '', "address" = '', "postcode" = '', "address_confirmed_on" = null, "gp_practice" = '', "died_on" = null, "died" = '', "status_note" = '', "search_text" = '', "family_sound" = '', "restricted" = false, "forgotten_at" = now()
    where service_id = mine and id = any(k_people_person);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'people.Person', n);
    delete from public.people_othername where service_id = mine and id = any(k_people_othername);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'people.OtherName', n);
    delete from public.people_identifier where service_id = mine and id = any(k_people_identifier);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'people.Identifier', n);
    delete from public.people_phoneevent where service_id = mine
        and (pgh_obj_id = any(k_people_phone)
        or ((person_id = any(k_people_person)) and not exists (
            select from public.people_phone as kept
            where kept.id = public.people_phoneevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'people.Phone history', n);
    delete from public.people_phone where service_id = mine and id = any(k_people_phone);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'people.Phone', n);
    delete from public.people_contactsafetyevent where service_id = mine
        and (pgh_obj_id = any(k_people_contactsafety)
        or ((person_id = any(k_people_person)) and not exists (
            select from public.people_contactsafety as kept
            where kept.id = public.people_contactsafetyevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'people.ContactSafety history', n);
    delete from public.people_contactsafety where service_id = mine and id = any(k_people_contactsafety);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'people.ContactSafety', n);
    delete from public.people_noticeevent where service_id = mine
        and (pgh_obj_id = any(k_people_notice)
        or ((person_id = any(k_people_person)) and not exists (
            select from public.people_notice as kept
            where kept.id = public.people_noticeevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'people.Notice history', n);
    delete from public.people_notice where service_id = mine and id = any(k_people_notice);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'people.Notice', n);
    delete from public.people_merge where service_id = mine and id = any(k_people_merge);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'people.Merge', n);
    delete from public.people_apart where service_id = mine and id = any(k_people_apart);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'people.Apart', n);
    delete from public.people_identitycheck where service_id = mine and id = any(k_people_identitycheck);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'people.IdentityCheck', n);
    delete from public.people_identityquestionevent where service_id = mine
        and (pgh_obj_id = any(k_people_identityquestion)
        or ((person_id = any(k_people_person) or merge_id = any(k_people_merge)) and not exists (
            select from public.people_identityquestion as kept
            where kept.id = public.people_identityquestionevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'people.IdentityQuestion history', n);
    delete from public.people_identityquestion where service_id = mine and id = any(k_people_identityquestion);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'people.IdentityQuestion', n);
    delete from public.intake_listedevent where service_id = mine
        and (pgh_obj_id = any(k_intake_listed));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'intake.Listed history', n);
    update public.intake_listed set "name" = '', "nhs_number" = '', "phone" = '', "warning_flags" = '', "person_ref" = '', "person_id" = null, "reason" = '', "first_arrival" = null, "last_arrival" = null, "age" = null, "why" = '', "purged_at" = now()
    where service_id = mine and id = any(k_intake_listed);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'intake.Listed', n);
    delete from public.intake_approachevent where service_id = mine
        and (pgh_obj_id = any(k_intake_approach)
        or ((person_id = any(k_people_person)) and not exists (
            select from public.intake_approach as kept
            where kept.id = public.intake_approachevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'intake.Approach history', n);
    update public.intake_approach set "reason" = '', "over_limit_reason" = '', "outcome_note" = '', "signposted_to" = '', "next_try_on" = null, "ask_again_on" = null, "ended_at" = coalesce(ended_at, now())
    where service_id = mine and id = any(k_intake_approach);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'intake.Approach', n);
    update public.intake_attempt set "note" = ''
    where service_id = mine and id = any(k_intake_attempt);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'intake.Attempt', n);
    delete from public.casework_caseevent where service_id = mine
        and (pgh_obj_id = any(k_casework_case)
        or ((person_id = any(k_people_person)) and not exists (
            select from public.casework_case as kept
            where kept.id = public.casework_caseevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Case history', n);
    delete from public.casework_case where service_id = mine and id = any(k_casework_case);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Case', n);
    delete from public.casework_phasechange where service_id = mine and id = any(k_casework_phasechange);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.PhaseChange', n);
    delete from public.casework_contactevent where service_id = mine
        and (pgh_obj_id = any(k_casework_contact)
        or ((case_id = any(k_casework_case)) and not exists (
            select from public.casework_contact as kept
            where kept.id = public.casework_contactevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Contact history', n);
    delete from public.casework_contact where service_id = mine and id = any(k_casework_contact);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Contact', n);
    delete from public.casework_supervisionnote where service_id = mine and id = any(k_casework_supervisionnote);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.SupervisionNote', n);
    delete from public.casework_handover where service_id = mine and id = any(k_casework_handover);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Handover', n);
    delete from public.casework_planevent where service_id = mine
        and (pgh_obj_id = any(k_casework_plan)
        or ((case_id = any(k_casework_case)) and not exists (
            select from public.casework_plan as kept
            where kept.id = public.casework_planevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Plan history', n);
    delete from public.casework_plan where service_id = mine and id = any(k_casework_plan);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Plan', n);
    delete from public.casework_needevent where service_id = mine
        and (pgh_obj_id = any(k_casework_need)
        or ((case_id = any(k_casework_case)) and not exists (
            select from public.casework_need as kept
            where kept.id = public.casework_needevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Need history', n);
    delete from public.casework_need where service_id = mine and id = any(k_casework_need);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Need', n);
    delete from public.casework_goalevent where service_id = mine
        and (pgh_obj_id = any(k_casework_goal)
        or ((case_id = any(k_casework_case)) and not exists (
            select from public.casework_goal as kept
            where kept.id = public.casework_goalevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Goal history', n);
    delete from public.casework_goal where service_id = mine and id = any(k_casework_goal);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Goal', n);
    delete from public.casework_step where service_id = mine and id = any(k_casework_step);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Step', n);
    delete from public.casework_networkmemberevent where service_id = mine
        and (pgh_obj_id = any(k_casework_networkmember)
        or ((case_id = any(k_casework_case)) and not exists (
            select from public.casework_networkmember as kept
            where kept.id = public.casework_networkmemberevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.NetworkMember history', n);
    delete from public.casework_networkmember where service_id = mine and id = any(k_casework_networkmember);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.NetworkMember', n);
    delete from public.casework_outcome where service_id = mine and id = any(k_casework_outcome);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Outcome', n);
    delete from public.casework_wellbeing where service_id = mine and id = any(k_casework_wellbeing);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Wellbeing', n);
    delete from public.casework_connectionevent where service_id = mine
        and (pgh_obj_id = any(k_casework_connection)
        or ((case_id = any(k_casework_case)) and not exists (
            select from public.casework_connection as kept
            where kept.id = public.casework_connectionevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Connection history', n);
    delete from public.casework_connection where service_id = mine and id = any(k_casework_connection);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Connection', n);
    delete from public.casework_connectionnews where service_id = mine and id = any(k_casework_connectionnews);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.ConnectionNews', n);
    delete from public.casework_consentevent where service_id = mine
        and (pgh_obj_id = any(k_casework_consent)
        or ((person_id = any(k_people_person)) and not exists (
            select from public.casework_consent as kept
            where kept.id = public.casework_consentevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Consent history', n);
    delete from public.casework_consent where service_id = mine and id = any(k_casework_consent);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Consent', n);
    delete from public.casework_share where service_id = mine and id = any(k_casework_share);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Share', n);
    delete from public.casework_concernevent where service_id = mine
        and (pgh_obj_id = any(k_casework_concern)
        or ((person_id = any(k_people_person)) and not exists (
            select from public.casework_concern as kept
            where kept.id = public.casework_concernevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Concern history', n);
    delete from public.casework_concern where service_id = mine and id = any(k_casework_concern);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Concern', n);
    delete from public.casework_sharedwithoutconsentevent where service_id = mine
        and (pgh_obj_id = any(k_casework_sharedwithoutconsent)
        or ((person_id = any(k_people_person)) and not exists (
            select from public.casework_sharedwithoutconsent as kept
            where kept.id = public.casework_sharedwithoutconsentevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.SharedWithoutConsent history', n);
    delete from public.casework_sharedwithoutconsent where service_id = mine and id = any(k_casework_sharedwithoutconsent);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.SharedWithoutConsent', n);
    delete from public.casework_followupevent where service_id = mine
        and (pgh_obj_id = any(k_casework_followup)
        or ((concern_id = any(k_casework_concern) or shared_id = any(k_casework_sharedwithoutconsent)) and not exists (
            select from public.casework_followup as kept
            where kept.id = public.casework_followupevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.FollowUp history', n);
    delete from public.casework_followup where service_id = mine and id = any(k_casework_followup);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.FollowUp', n);
    delete from public.casework_followupstepevent where service_id = mine
        and (pgh_obj_id = any(k_casework_followupstep)
        or ((follow_up_id = any(k_casework_followup)) and not exists (
            select from public.casework_followupstep as kept
            where kept.id = public.casework_followupstepevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.FollowUpStep history', n);
    delete from public.casework_followupstep where service_id = mine and id = any(k_casework_followupstep);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.FollowUpStep', n);
    delete from public.casework_objectionevent where service_id = mine
        and (pgh_obj_id = any(k_casework_objection)
        or ((person_id = any(k_people_person)) and not exists (
            select from public.casework_objection as kept
            where kept.id = public.casework_objectionevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Objection history', n);
    delete from public.casework_objection where service_id = mine and id = any(k_casework_objection);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Objection', n);
    delete from public.casework_storyevent where service_id = mine
        and (pgh_obj_id = any(k_casework_story)
        or ((case_id = any(k_casework_case)) and not exists (
            select from public.casework_story as kept
            where kept.id = public.casework_storyevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Story history', n);
    delete from public.casework_story where service_id = mine and id = any(k_casework_story);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Story', n);
    delete from public.casework_storyreview where service_id = mine and id = any(k_casework_storyreview);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.StoryReview', n);
    delete from public.casework_storyuseevent where service_id = mine
        and (pgh_obj_id = any(k_casework_storyuse)
        or ((story_id = any(k_casework_story)) and not exists (
            select from public.casework_storyuse as kept
            where kept.id = public.casework_storyuseevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.StoryUse history', n);
    delete from public.casework_storyuse where service_id = mine and id = any(k_casework_storyuse);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.StoryUse', n);
    delete from public.casework_visitevent where service_id = mine
        and (pgh_obj_id = any(k_casework_visit)
        or ((case_id = any(k_casework_case)) and not exists (
            select from public.casework_visit as kept
            where kept.id = public.casework_visitevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Visit history', n);
    delete from public.casework_visit where service_id = mine and id = any(k_casework_visit);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Visit', n);
    delete from public.casework_caseweight where service_id = mine and id = any(k_casework_caseweight);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.CaseWeight', n);
    delete from public.casework_taskevent where service_id = mine
        and (pgh_obj_id = any(k_casework_task)
        or ((case_id = any(k_casework_case)) and not exists (
            select from public.casework_task as kept
            where kept.id = public.casework_taskevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Task history', n);
    delete from public.casework_task where service_id = mine and id = any(k_casework_task);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'casework.Task', n);
    delete from public.monitoring_coverage where service_id = mine and id = any(k_monitoring_coverage);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'monitoring.Coverage', n);
    delete from public.monitoring_activity where service_id = mine and id = any(k_monitoring_activity);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'monitoring.Activity', n);
    delete from public.monitoring_anniversary where service_id = mine and id = any(k_monitoring_anniversary);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'monitoring.Anniversary', n);
    delete from public.monitoring_signal where service_id = mine and id = any(k_monitoring_signal);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'monitoring.Signal', n);
    delete from public.monitoring_signalstep where service_id = mine and id = any(k_monitoring_signalstep);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'monitoring.SignalStep', n);
    delete from public.mdt_listingevent where service_id = mine
        and (pgh_obj_id = any(k_mdt_listing)
        or ((case_id = any(k_casework_case)) and not exists (
            select from public.mdt_listing as kept
            where kept.id = public.mdt_listingevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'mdt.Listing history', n);
    delete from public.mdt_listing where service_id = mine and id = any(k_mdt_listing);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'mdt.Listing', n);
    delete from public.mdt_slot where service_id = mine and id = any(k_mdt_slot);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'mdt.Slot', n);
    delete from public.mdt_noteevent where service_id = mine
        and (pgh_obj_id = any(k_mdt_note)
        or ((slot_id = any(k_mdt_slot)) and not exists (
            select from public.mdt_note as kept
            where kept.id = public.mdt_noteevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'mdt.Note history', n);
    delete from public.mdt_note where service_id = mine and id = any(k_mdt_note);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'mdt.Note', n);
    delete from public.mdt_actionevent where service_id = mine
        and (pgh_obj_id = any(k_mdt_action)
        or ((case_id = any(k_casework_case) or slot_id = any(k_mdt_slot)) and not exists (
            select from public.mdt_action as kept
            where kept.id = public.mdt_actionevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'mdt.Action history', n);
    delete from public.mdt_action where service_id = mine and id = any(k_mdt_action);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'mdt.Action', n);
    delete from public.mdt_agreedplanevent where service_id = mine
        and (pgh_obj_id = any(k_mdt_agreedplan)
        or ((case_id = any(k_casework_case)) and not exists (
            select from public.mdt_agreedplan as kept
            where kept.id = public.mdt_agreedplanevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'mdt.AgreedPlan history', n);
    delete from public.mdt_agreedplan where service_id = mine and id = any(k_mdt_agreedplan);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'mdt.AgreedPlan', n);
    delete from public.mdt_planrow where service_id = mine and id = any(k_mdt_planrow);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'mdt.PlanRow', n);
    delete from public.mdt_copyevent where service_id = mine
        and (pgh_obj_id = any(k_mdt_copy)
        or ((plan_id = any(k_mdt_agreedplan)) and not exists (
            select from public.mdt_copy as kept
            where kept.id = public.mdt_copyevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'mdt.Copy history', n);
    delete from public.mdt_copy where service_id = mine and id = any(k_mdt_copy);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'mdt.Copy', n);
    delete from public.letters_letterevent where service_id = mine
        and (pgh_obj_id = any(k_letters_letter)
        or ((case_id = any(k_casework_case)) and not exists (
            select from public.letters_letter as kept
            where kept.id = public.letters_letterevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'letters.Letter history', n);
    delete from public.letters_letter where service_id = mine and id = any(k_letters_letter);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'letters.Letter', n);
    delete from public.letters_addresscheck where service_id = mine and id = any(k_letters_addresscheck);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'letters.AddressCheck', n);
    delete from public.letters_copy where service_id = mine and id = any(k_letters_copy);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'letters.Copy', n);
    delete from public.letters_outgoingevent where service_id = mine
        and (pgh_obj_id = any(k_letters_outgoing)
        or ((letter_id = any(k_letters_letter)) and not exists (
            select from public.letters_outgoing as kept
            where kept.id = public.letters_outgoingevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'letters.Outgoing history', n);
    delete from public.letters_outgoing where service_id = mine and id = any(k_letters_outgoing);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'letters.Outgoing', n);
    delete from public.assurance_rightsrequestevent where service_id = mine
        and (pgh_obj_id = any(k_assurance_rightsrequest)
        or ((person_id = any(k_people_person)) and not exists (
            select from public.assurance_rightsrequest as kept
            where kept.id = public.assurance_rightsrequestevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.RightsRequest history', n);
    update public.assurance_rightsrequest set "person_id" = null, "listed_number" = '', "about_whom" = '', "representative" = '', "words" = '', "extended_reason" = '', "decision_reason" = ''
    where service_id = mine and id = any(k_assurance_rightsrequest);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.RightsRequest', n);
    delete from public.assurance_requestpause where service_id = mine and id = any(k_assurance_requestpause);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.RequestPause', n);
    delete from public.assurance_itemreviewevent where service_id = mine
        and (pgh_obj_id = any(k_assurance_itemreview)
        or ((request_id = any(k_assurance_rightsrequest)) and not exists (
            select from public.assurance_itemreview as kept
            where kept.id = public.assurance_itemreviewevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.ItemReview history', n);
    delete from public.assurance_itemreview where service_id = mine and id = any(k_assurance_itemreview);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.ItemReview', n);
    delete from public.assurance_accesspackevent where service_id = mine
        and (pgh_obj_id = any(k_assurance_accesspack)
        or ((request_id = any(k_assurance_rightsrequest)) and not exists (
            select from public.assurance_accesspack as kept
            where kept.id = public.assurance_accesspackevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.AccessPack history', n);
    delete from public.assurance_accesspack where service_id = mine and id = any(k_assurance_accesspack);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.AccessPack', n);
    delete from public.assurance_correctionevent where service_id = mine
        and (pgh_obj_id = any(k_assurance_correction)
        or ((person_id = any(k_people_person) or request_id = any(k_assurance_rightsrequest)) and not exists (
            select from public.assurance_correction as kept
            where kept.id = public.assurance_correctionevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.Correction history', n);
    delete from public.assurance_correction where service_id = mine and id = any(k_assurance_correction);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.Correction', n);
    delete from public.assurance_tellingevent where service_id = mine
        and (pgh_obj_id = any(k_assurance_telling)
        or ((correction_id = any(k_assurance_correction)) and not exists (
            select from public.assurance_telling as kept
            where kept.id = public.assurance_tellingevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.Telling history', n);
    delete from public.assurance_telling where service_id = mine and id = any(k_assurance_telling);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.Telling', n);
    delete from public.assurance_processingholdevent where service_id = mine
        and (pgh_obj_id = any(k_assurance_processinghold)
        or ((person_id = any(k_people_person) or request_id = any(k_assurance_rightsrequest)) and not exists (
            select from public.assurance_processinghold as kept
            where kept.id = public.assurance_processingholdevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.ProcessingHold history', n);
    delete from public.assurance_processinghold where service_id = mine and id = any(k_assurance_processinghold);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.ProcessingHold', n);
    delete from public.assurance_disclosureevent where service_id = mine
        and (pgh_obj_id = any(k_assurance_disclosure)
        or ((person_id = any(k_people_person)) and not exists (
            select from public.assurance_disclosure as kept
            where kept.id = public.assurance_disclosureevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.Disclosure history', n);
    update public.assurance_disclosure set "person_id" = null, "about_whom" = '', "asker" = '', "reference" = '', "purpose" = '', "asked_for" = '', "basis_words" = '', "least" = '', "given" = '', "why" = '', "consent_sought" = '', "person_told" = '', "review" = ''
    where service_id = mine and id = any(k_assurance_disclosure);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.Disclosure', n);
    delete from public.assurance_entryevent where service_id = mine
        and (pgh_obj_id = any(k_assurance_entry)
        or ((person_id = any(k_people_person)) and not exists (
            select from public.assurance_entry as kept
            where kept.id = public.assurance_entryevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.Entry history', n);
    update public.assurance_entry set "person_id" = null, "what" = '', "at_once" = '', "from_words" = '', "learning" = ''
    where service_id = mine and id = any(k_assurance_entry);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.Entry', n);
    delete from public.assurance_dutyevent where service_id = mine
        and (pgh_obj_id = any(k_assurance_duty)
        or ((entry_id = any(k_assurance_entry)) and not exists (
            select from public.assurance_duty as kept
            where kept.id = public.assurance_dutyevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.Duty history', n);
    update public.assurance_duty set "words" = ''
    where service_id = mine and id = any(k_assurance_duty);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.Duty', n);
    delete from public.assurance_lessonevent where service_id = mine
        and (pgh_obj_id = any(k_assurance_lesson)
        or ((entry_id = any(k_assurance_entry)) and not exists (
            select from public.assurance_lesson as kept
            where kept.id = public.assurance_lessonevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.Lesson history', n);
    update public.assurance_lesson set "words" = '', "ended_words" = ''
    where service_id = mine and id = any(k_assurance_lesson);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.Lesson', n);
    delete from public.assurance_step where service_id = mine and id = any(k_assurance_step);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.Step', n);
    delete from public.assurance_recordclass where service_id = mine and id = any(k_assurance_recordclass);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.RecordClass', n);
    delete from public.assurance_holdevent where service_id = mine
        and (pgh_obj_id = any(k_assurance_hold)
        or ((person_id = any(k_people_person)) and not exists (
            select from public.assurance_hold as kept
            where kept.id = public.assurance_holdevent.pgh_obj_id)));
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.Hold history', n);
    delete from public.assurance_hold where service_id = mine and id = any(k_assurance_hold);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.Hold', n);

    update public.access_breakglass set reason = '', review_note = ''
    where service_id = mine and person_id = any(persons);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'access.BreakGlass', n);
    update public.assurance_appraisal set reason = ''
    where service_id = mine and about = any(persons);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'assurance.Appraisal', n);
    delete from public.access_draft where service_id = mine and exists (
        select from unnest(keys) as one where position(one in key) > 0);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'access.Draft', n);
    delete from public.access_posted where exists (
        select from unnest(keys) as one where position(one in led_to) > 0);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'access.Posted', n);
    delete from public.access_announcement where service_id = mine and exists (
        select from unnest(keys) as one where position(one in link) > 0);
    get diagnostics n = row_count;
    told := public.assurance_told(told, 'access.Announcement', n);

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
