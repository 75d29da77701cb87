"""Handing clients over: who sees them changes at once, both know, and they can go back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import unseen
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.casework import actions
from openhiu.web.casework.models import Case, Handover, LimitPassed, Task
from openhiu.web.casework.queries.cases import cases
from support.web import make_member, make_service, make_team, sign_in
from support.web_casework import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Actor:
    service = make_service()
    return make_member(service, Role.LEAD, name="Ada Lead", team=make_team(service))


@pytest.fixture
def peer(lead: Actor) -> Actor:
    return make_member(lead.service, Role.LEAD, name="Ben Peer", team=lead.team)


@pytest.fixture
def case(lead: Actor) -> Case:
    return make_case(lead, given_name="Robin", family_name="Finch")


def hand(lead: Actor, peer: Actor, *cases: Case, **more: Any) -> list[Handover]:
    return actions.hand_over(
        by=more.pop("by", lead),
        from_lead=lead.membership,
        to_lead=peer.membership,
        case_ids=[case.pk for case in cases],
        reason=more.pop("reason", "Annual leave"),
        **more,
    )


def in_days(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


def test_from_that_moment_one_sees_them_and_the_other_does_not(
    client: Client, lead: Actor, peer: Actor, case: Case
) -> None:
    task = actions.add_task(by=lead, words="Ring back", case=case)
    there = reverse("casework:contacts", args=[case.pk])
    sign_in(client, lead)
    assert client.get(there).status_code == 200
    hand(lead, peer, case, until=in_days(14))
    assert client.get(there).status_code == 404
    assert "Finch" not in client.get("/clients/").content.decode()
    sign_in(client, peer)
    assert client.get(there).status_code == 200
    task.refresh_from_db()
    assert task.owner_id == peer.membership.pk
    card = client.get(reverse("casework:handover_card")).content.decode()
    assert "Robin Finch" in card
    assert "Annual leave" in card


def test_both_are_told_and_it_is_in_the_audit(lead: Actor, peer: Actor, case: Case) -> None:
    supervisor = make_member(lead.service, Role.SUPERVISOR, team=lead.team)
    (given,) = hand(lead, peer, case, by=supervisor)
    assert [told.words for told in unseen(peer)] == ["1 client was handed over to you."]
    assert [told.words for told in unseen(lead)] == ["1 client was handed over to a colleague."]
    assert AuditEntry.objects.filter(about_id=given.pk, person_id=case.person_id).exists()


def test_it_goes_back_with_its_open_tasks(lead: Actor, peer: Actor, case: Case) -> None:
    task = actions.add_task(by=lead, words="Ring back", case=case)
    given = hand(lead, peer, case, until=in_days(14))
    assert actions.take_back(by=lead, handovers=given) == 1
    case.refresh_from_db()
    task.refresh_from_db()
    assert case.lead_id == task.owner_id == lead.membership.pk
    assert actions.take_back(by=lead, handovers=given) == 0


def test_what_was_given_for_good_does_not_come_back(lead: Actor, peer: Actor, case: Case) -> None:
    given = hand(lead, peer, case)
    assert actions.take_back(by=lead, handovers=given) == 0
    case.refresh_from_db()
    assert case.lead_id == peer.membership.pk


def test_a_client_who_went_on_to_a_third_stays_there(lead: Actor, peer: Actor, case: Case) -> None:
    third = make_member(lead.service, Role.LEAD, team=lead.team)
    given = hand(lead, peer, case, until=in_days(14))
    hand(peer, third, case)
    actions.take_back(by=lead, handovers=given)
    case.refresh_from_db()
    assert case.lead_id == third.membership.pk


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"reason": " "}, "Say why"),
        ({"until": date(2026, 11, 11)}, "must be after today"),
    ],
)
def test_a_handover_needs_a_reason_and_a_day_ahead(
    lead: Actor, peer: Actor, case: Case, more: dict[str, Any], why: str
) -> None:
    with pytest.raises(NotAllowed, match=why):
        hand(lead, peer, case, **more)


def test_only_ones_own_and_only_within_the_team(lead: Actor, peer: Actor, case: Case) -> None:
    elsewhere = make_member(lead.service, Role.LEAD, team=make_team(lead.service, "South"))
    with pytest.raises(NotAllowed, match="your own clients only"):
        hand(lead, peer, case, by=peer)
    with pytest.raises(NotAllowed, match="a colleague of your team"):
        hand(lead, elsewhere, case)
    with pytest.raises(NotAllowed, match="at least one client"):
        hand(lead, peer)
    with pytest.raises(Missing):
        hand(lead, peer, make_case(peer))
    case.refresh_from_db()
    assert case.lead_id == lead.membership.pk


def test_a_stranger_takes_nothing_back(lead: Actor, peer: Actor, case: Case) -> None:
    given = hand(lead, peer, case, until=in_days(14))
    with pytest.raises(NotAllowed, match="between two colleagues"):
        actions.take_back(by=make_member(lead.service, Role.LEAD), handovers=given)


def test_passing_the_takers_limit_is_recorded_with_the_reason(lead: Actor, peer: Actor) -> None:
    type(lead.service).objects.filter(pk=lead.service.pk).update(open_at_most=1)
    make_case(peer)
    peer.membership.service.refresh_from_db()
    hand(lead, peer, make_case(lead), until=in_days(3))
    passed = LimitPassed.objects.get()
    assert (passed.lead_id, passed.value, passed.allowed) == (peer.membership.pk, 2, 1)
    assert passed.reason == "Annual leave"


def test_all_clients_in_one_go_and_back_in_one_press(
    client: Client, lead: Actor, peer: Actor, case: Case
) -> None:
    make_case(lead)
    sign_in(client, lead)
    day = in_days(10)
    sent = {
        "to": str(peer.membership.pk), "which": "all", "for_good": "no", "reason": "Leave",
        "until_day": day.day, "until_month": day.month, "until_year": day.year,
        "posted": str(uuid4()),
    }  # fmt: skip
    answer = client.post(reverse("casework:hand_over"), sent, follow=True)
    page = answer.content.decode()
    assert "2 clients with Ben Peer" in page
    assert "Finch" not in page
    assert not Case.objects.filter(lead=lead.membership).exists()
    batch = Handover.objects.values_list("batch", flat=True).distinct().get()
    client.post(reverse("casework:take_back"), {"handover": str(batch), "posted": str(uuid4())})
    assert Case.objects.filter(lead=lead.membership).count() == 2
    assert Task.objects.count() == 0


def test_the_day_they_come_back_is_on_both_morning_pages(
    client: Client, lead: Actor, peer: Actor, case: Case
) -> None:
    hand(lead, peer, case, until=in_days(1))
    Handover.objects.update(until=timezone.localdate())
    sign_in(client, lead)
    assert "Take back the clients you handed over (1)" in client.get("/").content.decode()
    sign_in(client, peer)
    assert "Give back the clients you cover (1)" in client.get("/").content.decode()


def test_a_cover_without_a_team_sees_those_handed_to_them() -> None:
    service = make_service()
    lead, cover = make_member(service), make_member(service, Role.COVER)
    case, other = make_case(lead), make_case(lead)
    actions.hand_over(
        by=lead, from_lead=lead.membership, to_lead=cover.membership, case_ids=[case.pk],
        reason="On leave.",
    )  # fmt: skip
    assert list(cases(cover)) == [case]
    assert list(cases(lead)) == [other]
