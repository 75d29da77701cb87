"""Nothing is seen outside agreement and consent and share and role: of 10,000 made-up triples, and
of some through the pages (`PAGE_TRIPLES=1000` tries more). What is right is worked out here by
sets alone.
"""

from __future__ import annotations

import os
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Agreement, Role
from openhiu.web.access.sealed import update_each
from openhiu.web.casework import actions as casework
from openhiu.web.casework.models import Case, Consent, Share
from openhiu.web.casework.sharing import ITEMS, PLACES, in_common
from openhiu.web.mdt import actions
from openhiu.web.mdt.models import AgreedPlan, Group, GroupMember, Slot
from openhiu.web.mdt.seeing import aloud, has_plan, heard, may_read, seen, told
from openhiu.web.people.models import Person
from support.web import make_member, make_organisation, make_service, sign_in
from support.web_casework import make_agreement, make_case, yes
from support.web_mdt import make_group, make_plan, make_slot, seat_of

TODAY = date(2026, 11, 11)
SOME = st.frozensets(st.sampled_from(sorted(ITEMS)), max_size=4).map(lambda few: set(ITEMS) - few)
FEW = st.frozensets(st.sampled_from(sorted(ITEMS)), max_size=3)
DAYS = st.integers(-3, 3)
PURPOSES = st.sampled_from(["keeping a home", "crisis care"])
AGREEMENT = st.tuples(PURPOSES, SOME, DAYS, DAYS)
ANSWER = st.tuples(PURPOSES, SOME, st.booleans(), st.booleans(), DAYS)
SHARE = st.tuples(PURPOSES, SOME, st.booleans())
TRIPLE = st.tuples(
    st.lists(AGREEMENT, max_size=3), st.lists(ANSWER, max_size=3), st.lists(SHARE, max_size=3)
)


# Of these alone a team is told aloud, whatever is shared with whom.
SAID = {"name", "phase", "what_matters", "activity", "meeting", "agreed_plan", "strengths",
        "reasons", "goals", "network", "card"}  # fmt: skip
# How many triples are tried through all the pages, which takes about a second each.
PAGES = int(os.environ.get("PAGE_TRIPLES", "25"))


def rows_of(triple: Any) -> tuple[list[Any], list[Any], list[Any]]:
    """The triple as rows; answers are given newest first."""
    person, organisation = UUID(int=1), UUID(int=2)
    agreements = [
        Agreement(purpose=purpose, items=sorted(items), state="agreed",
                  signed_on=TODAY - timedelta(days=400), starts_on=TODAY + timedelta(days=a),
                  ends_on=TODAY + timedelta(days=b))
        for purpose, items, a, b in triple[0]
    ]  # fmt: skip
    answers = [
        Consent(kind="share", person_id=person, organisation_id=organisation, purpose=purpose,
                items=sorted(items), given=given, review_on=TODAY + timedelta(days=ahead),
                withdrawn_at=timezone.now() if withdrawn else None)
        for purpose, items, given, withdrawn, ahead in triple[1]
    ]  # fmt: skip
    shares = [
        Share(purpose=purpose, items=sorted(items),
              stopped_at=timezone.now() if stopped else None)
        for purpose, items, stopped in triple[2]
    ]  # fmt: skip
    return agreements, answers, shares


def oracle(triple: Any, *, restricted: bool, died: bool) -> set[str]:
    """The same by sets alone, a (purpose, item) pair at a time; it knows nothing of the product."""
    agreements, answers, shares = triple
    right = set()
    for purpose, items, stopped in shares:
        for item in items:
            agreed = any(
                p == purpose and item in some and a <= 0 <= b for p, some, a, b in agreements
            )
            newest = next((one for one in answers if one[0] == purpose), None)
            consented = bool(
                newest and newest[2] and not newest[3] and newest[4] > 0 and item in newest[1]
            )
            if agreed and consented and not stopped:
                right.add(item)
    if "meeting" not in right:
        return set()
    if died:
        return right & {"name"}
    return right - {"contact", "address", "gp", "network"} if restricted else right


@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    triple=TRIPLE,
    restricted=st.booleans(),
    died=st.sampled_from([False, False, False, True]),
    others=st.lists(SOME.map(frozenset), max_size=2),
)
def test_of_ten_thousand_triples_none_shows_more_or_less_than_the_intersection(
    triple: Any, restricted: bool, died: bool, others: list[frozenset[str]]
) -> None:
    person: Any = SimpleNamespace(
        restricted=restricted, died="formal" if died else "", died_on=None
    )
    got = told(in_common(*rows_of(triple), TODAY), person)
    right = oracle(triple, restricted=restricted, died=died)
    assert got == right
    # The wall, read by them while the people of these other organisations are marked, or nobody.
    wall = right & {"name"} if died else right & SAID
    assert heard(person, [got, *others]) == wall.intersection(*others)


def test_the_places_of_the_oracle_are_those_of_the_product() -> None:
    assert {"contact", "address", "gp", "network"} == PLACES


@settings(max_examples=2_000, deadline=None)
@given(sights=st.lists(SOME.map(frozenset), max_size=4), about=FEW)
def test_aloud_is_what_every_organisation_in_the_room_may_hear(
    sights: list[frozenset[str]], about: frozenset[str]
) -> None:
    never = {"birth_date", "nhs_number", "contact", "address", "gp"}
    right = {item for item in ITEMS if all(item in one for one in sights) and item not in never}
    everybody = aloud(sights)
    assert everybody == (right if sights else set())
    if may_read(about, everybody):
        assert all(may_read(about, one) for one in sights)


@pytest.fixture
def lead(db: None) -> Actor:
    return make_member(make_service())


MARKS = {name: f"canary{name.replace('_', '')}" for name in ITEMS} | {
    "birth_date": "1961", "nhs_number": "0018", "phase": "Working together",
    "activity": "The hospital data do not tell",
}  # fmt: skip


def canaries(lead: Actor, **facts: Any) -> Any:
    """A client of whom every item says a word that stands nowhere else."""
    case = make_case(
        lead, given_name="Robin", family_name=MARKS["name"], birth_date=date(1961, 2, 3),
        nhs_number="9990000018", address=MARKS["address"], gp_practice=MARKS["gp"], **facts,
    )  # fmt: skip
    casework.change_plan(
        by=lead, case=case, version=1, what_matters=MARKS["what_matters"],
        strengths=MARKS["strengths"], what_helps=MARKS["card"],
    )  # fmt: skip
    casework.note_reasons(by=lead, case=case, certain=["another"], words=MARKS["reasons"])
    casework.add_goal(by=lead, case=case, words=MARKS["goals"])
    casework.add_network_member(
        by=lead, case=case, kind="person", name=MARKS["network"], may_contact="yes"
    )
    return case


def share_rows(
    lead: Actor, case: Any, agreed: Any, consented: Any, shared: Any, **facts: Any
) -> Any:
    """Agreement, consent and share as rows, whatever the actions would say to them."""
    today = timezone.localdate()
    agreement = make_agreement(
        lead.service, items=sorted(agreed),
        ends_on=today - timedelta(days=1 if facts.get("ended") else 0),
    )  # fmt: skip
    same = {"service": lead.service, "person": case.person, "purpose": agreement.purpose,
            "organisation": agreement.organisation}  # fmt: skip
    answer = Consent.objects.create(
        **same, kind="share", items=sorted(consented), recorded_by=lead.membership,
        review_on=today + timedelta(days=0 if facts.get("past") else 1),
        withdrawn_at=timezone.now() if facts.get("withdrawn") else None, **yes(),
    )  # fmt: skip
    Share.objects.create(
        **same, consent=answer, agreement=agreement, items=sorted(shared), by=lead.membership,
        stopped_at=timezone.now() if facts.get("stopped") else None,
    )  # fmt: skip
    return agreement


# Whether the looker chairs, and who is marked as there.
ROOMS: tuple[tuple[str, ...], ...] = (
    (), ("lead",), ("chair",), ("chair", "lead"), ("chair", "lead"), ("chair", "looker"),
    ("lead", "looker"),
)  # fmt: skip
CLOSING = ("ended", "past", "withdrawn", "stopped", "quits", "other")
# Items that a page of a meeting shows; the others are never drawn there.
DRAWN = ("name", "what_matters", "strengths", "reasons", "goals", "network", "card", "activity",
         "meeting", "agreed_plan")  # fmt: skip


def write_about(lead: Actor, case: Any) -> Slot:
    """Someone on a closed agenda, with a plan, a note that tells the meeting and one of each."""
    group = make_group(lead)
    plan_marks = {"said": {"signs": MARKS["agreed_plan"]}, "row": {"does": MARKS["agreed_plan"]}}
    slot = make_slot(lead, group, case)
    actions.write_note(by=lead, slot=slot, words=MARKS["meeting"])
    for item in DRAWN[1:]:
        about = [item] if item != "meeting" else []
        actions.write_note(by=lead, slot=slot, words=f"note{MARKS[item]}", items=about)
        actions.give_action(by=lead, group=group, case=case, slot=slot, owner=lead.membership,
                            words=f"do{MARKS[item]}", items=about,
                            due_on=timezone.localdate())  # fmt: skip
    make_plan(lead, case, group, **plan_marks)
    return slot


def test_through_the_pages_nothing_leaks_outside_the_intersection(
    lead: Actor, client: Client
) -> None:
    slot = write_about(lead, canaries(lead))

    few = {"name", "meeting"}

    @settings(max_examples=PAGES, deadline=None, phases=[Phase.explicit, Phase.generate])
    @given(
        triple=st.tuples(SOME, SOME, SOME),
        true=st.sampled_from([(), (), (), ("restricted",), *((one,) for one in CLOSING)]),
        role=st.sampled_from([*[Role.PARTNER] * 9, *Role]),
        room=st.sampled_from(ROOMS),
    )
    @example((set(ITEMS), set(ITEMS), few), (), Role.PARTNER, ("chair", "lead"))
    @example((set(ITEMS), few, set(ITEMS)), (), Role.PARTNER, ("chair", "lead", "looker"))
    @example((set(ITEMS), set(ITEMS), set(ITEMS)), ("ended",), Role.PARTNER, ("chair", "lead"))
    def judge(triple: Any, true: tuple[str, ...], role: Role, room: tuple[str, ...]) -> None:
        with transaction.atomic():  # every example begins with the same rows
            _judge(lead, client, slot, triple, frozenset(true), role, room)
            transaction.set_rollback(True)

    judge()


def _judge(
    lead: Actor, client: Client, slot: Slot, triple: Any, true: frozenset[str], role: Role,
    room: tuple[str, ...],
) -> None:  # fmt: skip
    Person.objects.filter(pk=slot.case.person_id).update(restricted="restricted" in true)
    case = Case.objects.select_related("person").get(pk=slot.case_id)
    agreement = share_rows(lead, case, *triple, **dict.fromkeys(true, True))
    if "quits" in true:
        taking_part = Consent.objects.filter(person=case.person, kind="take_part")
        taking_part.update(withdrawn_at=timezone.now())
    other = make_organisation() if "other" in true else agreement.organisation
    looker = make_member(lead.service, role, organisation=other)
    seated = role == Role.PARTNER and "other" not in true
    _seat(lead, slot, looker if seated else None, room)
    right = set.intersection(*triple)
    if true & set(CLOSING) or role != Role.PARTNER:
        right = set()
    if "restricted" in true:
        right -= PLACES
    at_the_table = right if "meeting" in right else set()
    if role not in (Role.LEAD, Role.COVER, Role.SUPERVISOR):
        assert seen(looker, [case])[case.pk] == at_the_table
        assert bool(has_plan(looker, [case]).get(case.pk)) == ("agreed_plan" in right)
        _look_everywhere(client, looker, slot, at_the_table, right, case)
        chairs = seated and "chair" in room and "ended" not in true
        _look_at_the_wall(client, looker, slot, at_the_table & SAID if chairs else set())
    if "quits" not in true:
        ours = SAID - PLACES if "restricted" in true else SAID
        hears = seated and ("looker" in room or "lead" not in room)
        _look_at_the_wall(client, lead, slot, ours & at_the_table if hears else ours)


def _seat(lead: Actor, slot: Slot, looker: Actor | None, room: tuple[str, ...]) -> None:
    """A looker with a seat, in the chair or not; whom the room says is marked as there."""
    if looker:  # as rows: their agreement may have ended since they were given the seat
        same = {"service": lead.service, "group": slot.meeting.group}
        GroupMember.objects.create(**same, membership=looker.membership, post="Paramedic")
        if "chair" in room:
            Group.objects.filter(pk=slot.meeting.group_id).update(chair=looker.membership)
    marked = ([lead] if "lead" in room else []) + ([looker] if looker and "looker" in room else [])
    mark(lead, slot, *marked)


def _look_at_the_wall(client: Client, looker: Actor, slot: Slot, right: set[str]) -> None:
    sign_in(client, looker)
    wall = client.get(reverse("mdt:room_slot", args=[slot.pk]))
    state = client.get(reverse("mdt:room_state", args=[slot.pk]))
    text = wall.content.decode()
    assert [item for item in ITEMS if item not in right and MARKS[item] in text] == []
    if "meeting" not in right:
        assert {wall.status_code, state.status_code} <= {403, 404}
        return
    assert [item for item in DRAWN if item in right and MARKS[item] not in text] == []
    assert state.json()["stamp"] in text


def _look_everywhere(
    client: Client, looker: Actor, slot: Slot, right: set[str], shared: set[str], case: Any
) -> None:
    sign_in(client, looker)
    sheet = client.get(reverse("mdt:slot", args=[slot.pk]))
    pages = [
        sheet,
        client.get("/"),
        client.get(reverse("mdt:meetings")),
        client.get(reverse("mdt:actions")),
        client.get(reverse("mdt:copies")),
        client.get(reverse("mdt:people", args=[slot.meeting.group_id])),
        client.get(reverse("mdt:meeting", args=[slot.meeting_id])),
        client.get(reverse("mdt:minutes", args=[slot.meeting_id])),
        client.get(reverse("mdt:room_slot", args=[slot.pk])),
        client.get(reverse("mdt:room_state", args=[slot.pk])),
        client.post(reverse("mdt:propose", args=[case.pk]), {"group": slot.meeting.group_id}),
        client.post(reverse("mdt:write_note", args=[slot.pk]), {"words": "x", "items": "goals"}),
        client.get(reverse("people:search"), {"q": MARKS["name"][:-1]}),
    ]
    for page in pages:
        text = page.content.decode()
        leaked = [item for item in ITEMS if item not in right and MARKS[item] in text]
        assert leaked == [], page.request["PATH_INFO"]
    of_plans = client.get(reverse("mdt:shared_plans")).content.decode()
    one = client.get(reverse("mdt:shared_plan", args=[case.pk]))
    for text in (of_plans, one.content.decode()):
        leaked = [item for item in ITEMS if item not in shared and MARKS[item] in text]
        assert leaked == []
    if right:  # what may be seen is there, or the page would prove nothing
        text = sheet.content.decode()
        assert [item for item in DRAWN if item in right and MARKS[item] not in text] == []
    else:
        assert sheet.status_code in (403, 404)


def test_a_person_s_name_never_stands_in_a_title_or_an_address(lead: Actor, client: Client) -> None:
    case = canaries(lead)
    slot = write_about(lead, case)
    sign_in(client, lead)
    for name in ("mdt:slot", "mdt:room_slot"):
        text = client.get(reverse(name, args=[slot.pk])).content.decode()
        title = text.split("<title>")[1].split("</title>")[0]
        assert MARKS["name"] in text
        assert MARKS["name"] not in title


def test_of_someone_who_died_nothing_but_the_name_is_left(lead: Actor, client: Client) -> None:
    case = canaries(lead)
    slot = write_about(lead, case)
    agreement = share_rows(lead, case, set(ITEMS), set(ITEMS), set(ITEMS))
    partner = make_member(lead.service, Role.PARTNER, organisation=agreement.organisation)
    actions.add_member(by=lead, group=slot.meeting.group, membership=partner.membership, post="A")
    Person.objects.filter(pk=case.person_id).update(died="formal")
    sign_in(client, partner)
    text = client.get(reverse("mdt:meeting", args=[slot.meeting_id])).content.decode()
    assert MARKS["name"] in text
    assert [item for item in ITEMS if item != "name" and MARKS[item] in text] == []
    sheet = client.get(reverse("mdt:slot", args=[slot.pk]))
    assert "Please do not call" in sheet.content.decode()
    assert MARKS["meeting"] not in sheet.content.decode()


def test_withdrawing_takes_effect_at_once_in_an_open_meeting(lead: Actor, client: Client) -> None:
    case = canaries(lead)
    slot = write_about(lead, case)
    agreement = share_rows(lead, case, set(ITEMS), set(ITEMS), set(ITEMS))
    partner = make_member(lead.service, Role.PARTNER, organisation=agreement.organisation)
    group = slot.meeting.group
    member = actions.add_member(by=lead, group=group, membership=partner.membership, post="A")
    actions.answer_for(by=lead, meeting=slot.meeting, member=member, answer="present")
    sign_in(client, lead)
    wall, state = (
        reverse("mdt:room_slot", args=[slot.pk]),
        reverse("mdt:room_state", args=[slot.pk]),
    )
    before = client.get(state).json()["stamp"]
    assert before in client.get(wall).content.decode()
    answer = Consent.objects.get(person=case.person, kind="share")
    casework.withdraw(by=lead, consent=answer)
    assert client.get(state).status_code == 404
    assert client.get(wall).status_code == 404
    sign_in(client, partner)
    assert client.get(reverse("mdt:slot", args=[slot.pk])).status_code == 404
    page = client.get(reverse("mdt:meeting", args=[slot.meeting_id])).content.decode()
    assert MARKS["name"] not in page


def test_someone_coming_in_makes_the_wall_tell_less(lead: Actor, client: Client) -> None:
    case = canaries(lead)
    slot = write_about(lead, case)
    few = {"name", "meeting"}
    agreement = share_rows(lead, case, few, few, few)
    partner = make_member(lead.service, Role.PARTNER, organisation=agreement.organisation)
    sign_in(client, lead)
    wall = reverse("mdt:room_slot", args=[slot.pk])
    assert MARKS["what_matters"] in client.get(wall).content.decode()
    actions.add_member(by=lead, group=slot.meeting.group, membership=partner.membership, post="A")
    text = client.get(wall).content.decode()
    assert MARKS["name"] in text
    assert [item for item in ITEMS if item not in few and MARKS[item] in text] == []


def test_a_reader_who_runs_it_is_told_who_may_hear_what(lead: Actor, client: Client) -> None:
    case = canaries(lead)
    slot = write_about(lead, case)
    all_of_it, few = set(ITEMS), {"name", "meeting"}
    for items, name in ((all_of_it, "Ambulance"), (few, "Housing")):
        agreement = share_rows(lead, case, items, items, items)
        agreement.organisation.name = f"{name} {case.pk}"
        agreement.organisation.save()
        partner = make_member(lead.service, Role.PARTNER, organisation=agreement.organisation)
        actions.add_member(
            by=lead, group=slot.meeting.group, membership=partner.membership, post="A"
        )
    sign_in(client, lead)
    text = client.get(reverse("mdt:slot", args=[slot.pk])).content.decode()
    assert f"Not for Housing {case.pk}: " in text
    assert f"Ambulance {case.pk}" not in text
    assert "Everybody who stays may hear what is not marked." in text


def chaired_by_a_partner(lead: Actor, slot: Slot, items: set[str]) -> Actor:
    """A partner with whom these items are shared takes the chair of the team."""
    agreement = share_rows(lead, slot.case, items, items, items)
    partner = make_member(lead.service, Role.PARTNER, organisation=agreement.organisation)
    group = slot.meeting.group
    actions.change_group(by=lead, group=group, version=group.version, chair=partner.membership)
    return partner


def mark(lead: Actor, slot: Slot, *there: Actor) -> None:
    """Say of some members that they are there."""
    for one in there:
        actions.answer_for(by=lead, meeting=slot.meeting, member=seat_of(slot.meeting.group, one),
                           answer="present")  # fmt: skip


def test_a_partner_in_the_chair_reads_no_more_on_the_wall_when_the_lead_alone_is_marked(
    lead: Actor, client: Client
) -> None:
    slot, few = write_about(lead, canaries(lead)), {"name", "meeting"}
    partner = chaired_by_a_partner(lead, slot, few)
    mark(lead, slot, lead)
    sign_in(client, partner)
    page = client.get(reverse("mdt:room_slot", args=[slot.pk]))
    text = page.content.decode()
    assert MARKS["name"] in text
    assert [item for item in ITEMS if item not in few and MARKS[item] in text] == []
    assert partner.organisation.name in text
    assert "this service alone" not in text


def test_a_colleague_reads_on_the_wall_what_colleagues_read(lead: Actor, client: Client) -> None:
    slot = write_about(lead, canaries(lead))
    colleague = make_member(lead.service)
    actions.add_member(
        by=lead, group=slot.meeting.group, membership=colleague.membership, post="Lead"
    )
    sign_in(client, colleague)
    text = client.get(reverse("mdt:room_slot", args=[slot.pk])).content.decode()
    assert MARKS["what_matters"] in text
    assert MARKS["reasons"] not in text


def test_the_wall_does_not_tell_what_is_for_the_service_s_own_people(
    lead: Actor, client: Client
) -> None:
    slot = write_about(lead, canaries(lead))
    Slot.objects.filter(pk=slot.pk).update(reasons=["consent", "new"])
    sign_in(client, lead)
    text = client.get(reverse("mdt:room_slot", args=[slot.pk])).content.decode()
    assert "New on the list" in text
    assert "Ask them again" not in text


def test_an_open_wall_changes_when_somebody_goes_into_hiding(lead: Actor, client: Client) -> None:
    slot = write_about(lead, canaries(lead))
    partner = chaired_by_a_partner(lead, slot, {"name", "meeting", "agreed_plan"})
    mark(lead, slot, lead, partner)
    sign_in(client, lead)
    wall, state = (reverse(f"mdt:{name}", args=[slot.pk]) for name in ("room_slot", "room_state"))
    row = f"</strong>: {MARKS['agreed_plan']}"
    assert row in client.get(wall).content.decode()
    before = client.get(state).json()["stamp"]
    assert client.get(state).json()["stamp"] == before
    Person.objects.filter(pk=slot.case.person_id).update(restricted=True)
    assert client.get(state).json()["stamp"] != before
    assert row not in client.get(wall).content.decode()


def test_an_open_wall_changes_with_everything_that_is_drawn_on_it(
    lead: Actor, client: Client
) -> None:
    slot = write_about(lead, canaries(lead))
    group, case = slot.meeting.group, slot.case
    sign_in(client, lead)

    def stamp() -> str:
        wall = client.get(reverse("mdt:room_slot", args=[slot.pk])).content.decode()
        said = str(client.get(reverse("mdt:room_state", args=[slot.pk])).json()["stamp"])
        assert f'data-stamp="{said}"' in wall
        return said

    seen_so_far = [stamp()]
    for change in (
        lambda: Person.objects.filter(pk=case.person_id).update(family_name="Renamed"),
        lambda: update_each(AgreedPlan.objects.filter(case=case), come_if="Something else"),
        lambda: make_plan(lead, case, group),
        lambda: casework.change_plan(by=lead, case=case, version=2, what_matters="Otters"),
        lambda: AgreedPlan.objects.filter(case=case).update(expires_on=timezone.localdate()),
    ):
        change()
        seen_so_far.append(stamp())
    assert len(set(seen_so_far)) == len(seen_so_far)
