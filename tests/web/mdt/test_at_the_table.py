"""What a chair and a partner meet in a meeting: whom a plan names, who decides, what is marked."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Agreement
from openhiu.web.casework import actions as casework
from openhiu.web.casework.models import Consent
from openhiu.web.casework.sharing import ITEMS
from openhiu.web.mdt import actions
from openhiu.web.mdt.models import AgreedPlan, GroupMember, Listing, PlanRow
from openhiu.web.mdt.queries import agreed_plan
from support.web import make_member, make_service, sign_in
from support.web_casework import make_case, share_with
from support.web_mdt import (
    make_group,
    make_meeting,
    make_plan,
    make_shared,
    make_slot,
    put_on_list,
    seat_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service())


def ready(lead: Actor, case: Any, **row: Any) -> AgreedPlan:
    """A version that only has to be agreed."""
    plan = actions.begin_plan(by=lead, case=case)
    plan = actions.change_plan(by=lead, plan=plan, version=plan.version, come_if="In danger")
    actions.add_row(by=lead, plan=plan, **{"who": "Ward 9", "does": "Rings us"} | row)
    return plan


@pytest.mark.parametrize(
    ("plan_too", "withdrawn", "ran_out", "ours"), list(product((True, False), repeat=4))
)
def test_only_who_may_read_a_plan_agrees_it_and_is_named_on_it(
    lead: Actor, client: Client, plan_too: bool, withdrawn: bool, ran_out: bool, ours: bool
) -> None:
    case, partner, agreement = make_shared(
        lead, ["name", "meeting", *(["agreed_plan"] if plan_too else [])]
    )
    colleague = make_member(lead.service)
    group = make_group(lead, partner, colleague)
    put_on_list(lead, group, case)
    plan = ready(lead, case)
    if withdrawn:
        answer = Consent.objects.get(person=case.person, organisation=agreement.organisation)
        casework.withdraw(by=lead, consent=answer)
    if ran_out:
        Agreement.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
    who = colleague if ours else partner
    right = ours or (plan_too and not withdrawn and not ran_out)
    seat = seat_of(group, who)
    page = sign_in(client, lead).get(reverse("mdt:agree_plan", args=[plan.pk])).content.decode()
    assert (str(seat.pk) in page) == right
    said: dict[str, Any] = {"by": lead, "plan": plan, "agreed_on": timezone.localdate()}
    there = [seat_of(group, lead), seat]
    if right:
        named = actions.agree_plan(**said, there=there).agreed_by
        assert who.user.name in [one["name"] for one in named]
        return
    with pytest.raises(NotAllowed, match="nobody from there agrees it or is named"):
        actions.agree_plan(**said, there=there)
    assert AgreedPlan.objects.get().agreed_by == []


def test_a_row_may_name_an_organisation_that_gets_no_copy_and_no_sight(
    lead: Actor, client: Client
) -> None:
    case, partner, _ = make_shared(lead, ["name", "meeting"])
    plan = ready(lead, case, organisation=partner.organisation, who="")
    says = "has the plan: it gets no copy"
    sign_in(client, lead)
    assert says in client.get(reverse("mdt:client", args=[case.pk])).content.decode()
    group = make_group(lead)
    seats = GroupMember.objects.filter(group=group)
    agreed = actions.agree_plan(by=lead, plan=plan, there=seats, agreed_on=timezone.localdate())
    assert PlanRow.objects.get(plan=agreed).organisation == partner.organisation
    assert agreed_plan(partner, case) is None
    with pytest.raises(NotAllowed, match="have not agreed that this organisation has the plan"):
        actions.give_copy(by=lead, plan=agreed, organisation=partner.organisation)


def proposed(lead: Actor, group: Any, case: Any) -> Listing:
    return actions.propose(by=lead, group=group, case=case, reason="A worry")


def test_a_chair_takes_onto_the_list_and_says_not_now_of_people_shared_with_them(
    lead: Actor, client: Client
) -> None:
    first, partner, agreement = make_shared(lead)
    second, hidden = make_case(lead), make_case(lead)
    share_with(lead, second, agreement, list(ITEMS))
    group = make_group(lead, partner, chair=partner)
    rows = [proposed(lead, group, case) for case in (first, second, hidden)]
    sign_in(client, partner)
    page = client.get(reverse("mdt:people", args=[group.pk])).content.decode()
    ways = [reverse("mdt:accept", args=[row.pk]) in page for row in rows]
    assert ways == [True, True, False]
    client.post(reverse("mdt:accept", args=[rows[0].pk]))
    client.post(reverse("mdt:not_now", args=[rows[1].pk]), {"words": "After the summer"})
    assert client.post(reverse("mdt:accept", args=[rows[2].pk])).status_code == 404
    with pytest.raises(Missing):
        actions.accept(by=partner, listing=rows[2])
    states = [Listing.objects.get(pk=row.pk).state for row in rows]
    assert states == ["listed", "not_now", "proposed"]


def test_a_partner_who_is_not_in_the_chair_decides_about_nobody(
    lead: Actor, client: Client
) -> None:
    case, partner, _ = make_shared(lead)
    group = make_group(lead, partner)
    row = proposed(lead, group, case)
    sign_in(client, partner)
    page = client.get(reverse("mdt:people", args=[group.pk])).content.decode()
    assert "Take onto the list" not in page
    assert client.post(reverse("mdt:accept", args=[row.pk])).status_code == 403
    assert client.get(reverse("mdt:not_now", args=[row.pk])).status_code == 403
    row.refresh_from_db()
    assert row.state == "proposed"


def test_before_the_agenda_is_closed_the_chair_reads_that_proposals_wait(
    lead: Actor, client: Client
) -> None:
    case, partner, _ = make_shared(lead)
    group = make_group(lead, partner, chair=partner)
    row = proposed(lead, group, case)
    proposed(lead, group, make_case(lead))
    page = reverse("mdt:meeting", args=[make_meeting(lead, group).pk])
    for who, words in ((lead, "2 people are proposed"), (partner, "1 person is proposed")):
        assert words in sign_in(client, who).get(page).content.decode()
    actions.accept(by=partner, listing=row)
    assert "is proposed" not in sign_in(client, partner).get(page).content.decode()


def test_until_somebody_is_marked_the_meeting_asks_who_is_here_first(
    lead: Actor, client: Client
) -> None:
    slot = make_slot(lead, make_group(lead, make_shared(lead)[1]), make_case(lead))
    meeting = slot.meeting
    sign_in(client, lead)
    says, came = "Mark who is here first", reverse("mdt:came", args=[meeting.pk])
    places = [reverse(name, args=[key]) for name, key in (
        ("mdt:meeting", meeting.pk), ("mdt:room", meeting.pk), ("mdt:slot", slot.pk),
    )]  # fmt: skip
    for place in places:
        text = client.get(place, follow=True).content.decode()
        assert says in text and came in text, place
    seat = seat_of(meeting.group, lead)
    actions.answer_for(by=lead, meeting=meeting, member=seat, answer="present")
    for place in places:
        assert says not in client.get(place, follow=True).content.decode(), place


def sheet_for(client: Client, reader: Actor, slot: Any) -> str:
    page = sign_in(client, reader).get(reverse("mdt:slot", args=[slot.pk]))
    return str(page.content.decode())


def named(partner: Actor, name: str) -> str:
    partner.organisation.name = f"{name} {partner.organisation.pk}"
    partner.organisation.save()
    return str(partner.organisation.name)


def test_one_notice_says_who_steps_out_and_for_which_blocks(lead: Actor, client: Client) -> None:
    case, outside, _ = make_shared(lead, ["name"])
    _, some, agreement = make_shared(lead)
    share_with(lead, case, agreement, ["name", "meeting", "goals"])
    none, few = named(outside, "Housing"), named(some, "Ambulance")
    casework.change_plan(by=lead, case=case, version=1, what_matters="My dog", strengths="Chess")
    slot = make_slot(lead, make_group(lead, outside, some), case)
    text = sheet_for(client, lead, slot)
    assert text.count(none) == 1
    assert f"Ask {none} to step out before anything is said about this person" in text
    assert f"Not for {few}: What matters to them, in their words; Strengths" in text
    assert "Not aloud" not in text
    assert text.count("to step out") == 1
    seats = [seat_of(slot.meeting.group, one) for one in (outside, some)]
    for seat in seats:
        actions.answer_for(by=lead, meeting=slot.meeting, member=seat, answer="absent")
    text = sheet_for(client, lead, slot)
    assert "Everybody here may hear all of this." in text
    assert "Not for" not in text and "step out" not in text


def test_a_partner_in_the_chair_is_not_told_which_organisation_steps_out(
    lead: Actor, client: Client
) -> None:
    case, chair, _ = make_shared(lead)
    _, other, _ = make_shared(lead)
    name = named(other, "Housing")
    slot = make_slot(lead, make_group(lead, chair, other, chair=chair), case)
    text = sheet_for(client, chair, slot)
    assert text.count("Not everybody here may hear of this person") == 1
    assert name not in text
    assert "Not aloud" not in text


def test_an_agenda_of_which_one_may_know_nobody_is_not_called_unbuilt(
    lead: Actor, client: Client
) -> None:
    partner = make_shared(lead)[1]
    group = make_group(lead, partner)
    slot = make_slot(lead, group, make_case(lead), closed=False)
    text = sign_in(client, partner).get(
        reverse("mdt:meeting", args=[slot.meeting_id])
    ).content.decode()  # fmt: skip
    assert "Nobody you may know of is on this agenda." in text
    assert "not built yet" not in text


def test_a_plan_of_a_whole_team_still_names_who_may_read_it(lead: Actor) -> None:
    case, partner, _ = make_shared(lead)
    outside = make_shared(lead)[1]
    plan = make_plan(lead, case, make_group(lead, partner, outside))
    assert {one["name"] for one in plan.agreed_by} == {lead.user.name, partner.user.name}


def test_a_partner_s_day_begins_with_what_they_are_asked_to_do(lead: Actor, client: Client) -> None:
    case, partner, _ = make_shared(lead)
    announce(to=partner.membership, words="Something was shared.")
    actions.give_action(by=lead, group=make_group(lead, partner), case=case, words="Ring the ward",
                        owner=partner.membership, due_on=timezone.localdate())  # fmt: skip
    page = sign_in(client, partner).get("/").content.decode()
    assert 0 < page.find("Ring the ward") < page.find("Something was shared.")
