-- Finds people by the search box's patterns, fast, behind row security. Run by the tables' owner,
-- again and again without harm. Whoever calls it sees only keys.
--
-- PostgreSQL looks at row security before any condition that could leak, and LIKE could: the
-- application itself would read every row of its service. This function runs with the owner's right,
-- so that the trigram index is used, and names the service in its own words (docs/adr/0010-search.md).

-- Loads the extension into this session: before that its setting is nobody's to give.
select similarity('', '');

drop policy if exists people_found on people_person;
create policy people_found on people_person for select to current_user using (true);

drop function if exists people_find(text[], text[], text[], text[], text[], uuid[], integer);

-- one, two, three: the patterns of up to three terms, any of which will do; null for no such term.
-- whole: for each term the pattern of the thing as it stands, which puts someone first.
-- near: for each term a word that may be misspelt, or null.
create or replace function people_find(
    one text[], two text[], three text[], whole text[], near text[], at_most integer
) returns setof uuid
language plpgsql stable security definer rows 100
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
-- The planner takes comparing words for cheap and would compare with everyone: 1 s, not 10 ms.
-- For the same reason two conditions below stand in words that their own indexes cannot serve.
set enable_seqscan = off
set pg_trgm.strict_word_similarity_threshold = 0.42
as $$
declare
    mine constant uuid := nullif(current_setting('openhiu.service', true), '')::uuid;
begin
    if mine is null then
        return;
    end if;
    return query
    select person.id
    from public.people_person as person
    where person.service_id is not distinct from mine
        and (person.merged_into_id is null) is true
        and (person.search_text like any(one)
            or near[1] operator(public.<<%) person.search_text)
        and (two is null or person.search_text like any(two)
            or near[2] operator(public.<<%) person.search_text)
        and (three is null or person.search_text like any(three)
            or near[3] operator(public.<<%) person.search_text)
    order by
        2 * coalesce((person.search_text like whole[1])::integer, 0)
        + 2 * coalesce((person.search_text like whole[2])::integer, 0)
        + 2 * coalesce((person.search_text like whole[3])::integer, 0)
        + coalesce((person.search_text like one[1])::integer, 0)
        + coalesce((person.search_text like two[1])::integer, 0)
        + coalesce((person.search_text like three[1])::integer, 0) desc,
        person.family_name, person.given_name, person.id
    limit at_most;
end
$$;
