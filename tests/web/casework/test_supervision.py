"""Supervision: thanks and notes, silent clients, and nothing else that she may write."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Role
from openhiu.web.casework import actions
from openhiu.web.casework.models import Case, Contact, SupervisionNote
from openhiu.web.casework.queries.supervision import silent
from support.web import make_member, make_service, make_team, sign_in
from support.web_casework import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Actor:
    service = make_service()
    return make_member(service, Role.LEAD, name="Ada Lead", team=make_team(service))


@pytest.fixture
def supervisor(lead: Actor) -> Actor:
    return make_member(lead.service, Role.SUPERVISOR, name="Sue Visor", team=lead.team)


@pytest.fixture
def case(lead: Actor) -> Case:
    return make_case(lead, given_name="Robin", family_name="Finch")


@pytest.fixture
def contact(lead: Actor, case: Case) -> Contact:
    return actions.record_contact(by=lead, case=case, who="client", how="visit", reached="yes")


def test_thanks_stand_alone_and_are_said_once(
    supervisor: Actor, case: Case, contact: Contact
) -> None:
    for _ in range(2):
        actions.note(by=supervisor, case=case, kind="thanks", contact=contact)
    with pytest.raises(NotAllowed, match="Write a few words"):
        actions.note(by=supervisor, case=case, kind="thought")
    assert SupervisionNote.objects.count() == 1


def test_a_note_on_a_contact_is_about_that_case(
    lead: Actor, supervisor: Actor, case: Case, contact: Contact
) -> None:
    with pytest.raises(Missing):
        actions.note(by=supervisor, case=make_case(lead), kind="thanks", contact=contact)


def test_only_a_supervisor_of_the_team_writes_it(lead: Actor, case: Case) -> None:
    other = make_member(lead.service, Role.SUPERVISOR, team=make_team(lead.service, "South"))
    for actor, why in ((lead, "cannot supervise"), (other, "supported by someone else")):
        with pytest.raises(NotAllowed, match=why):
            actions.note(by=actor, case=case, kind="thought", words="Hm")


def test_the_lead_finds_it_in_the_morning_until_it_is_read(
    client: Client, lead: Actor, supervisor: Actor, case: Case
) -> None:
    actions.note(by=supervisor, case=case, kind="agreed", words="Ask about the sister.")
    sign_in(client, lead)
    assert "What we agreed, about Robin" in client.get("/").content.decode()
    there = reverse("casework:supervision_notes", args=[case.pk])
    assert "Ask about the sister." in client.get(there).content.decode()
    # Looking changes nothing; saying so does.
    assert SupervisionNote.objects.get().seen_at is None
    client.post(reverse("casework:notes_read", args=[case.pk]), {"posted": str(uuid4())})
    assert SupervisionNote.objects.get().seen_at is not None
    assert "What we agreed" not in client.get("/").content.decode()


@pytest.mark.parametrize(
    "name", ["record_contact", "add_client_task", "record_outcome", "record_wellbeing"]
)
def test_a_note_is_all_a_supervisor_may_write(
    client: Client, supervisor: Actor, case: Case, name: str
) -> None:
    sign_in(client, supervisor)
    there = reverse(f"casework:{name}", args=[case.pk])
    assert client.get(there).status_code == 403
    assert client.post(there, {}).status_code == 403


def test_she_says_thank_you_in_one_press(
    client: Client, supervisor: Actor, case: Case, contact: Contact
) -> None:
    sign_in(client, supervisor)
    there = reverse("casework:contacts", args=[case.pk])
    assert "Say thank you" in client.get(there).content.decode()
    client.post(reverse("casework:thank", args=[case.pk, contact.pk]), {"posted": str(uuid4())})
    assert SupervisionNote.objects.get().contact_id == contact.pk
    assert "Supervision wrote about this" in client.get(there).content.decode()


def at(case: Case, days_ago: int | None, **facts: Any) -> Case:
    last = None if days_ago is None else timezone.now() - timedelta(days=days_ago)
    Case.objects.filter(pk=case.pk).update(last_contact_at=last, **facts)
    return case


def test_who_has_not_been_heard_of_for_14_days_is_listed_longest_first(
    lead: Actor, supervisor: Actor
) -> None:
    long_ago = timezone.now() - timedelta(days=40)
    never = at(make_case(lead, given_name="Never"), None, opened_at=long_ago)
    late = at(make_case(lead, given_name="Late"), 15)
    at(make_case(lead, given_name="Heard"), 13)
    at(make_case(lead, given_name="JustBegun"), None)
    tomorrow = timezone.localdate() + timedelta(days=1)
    at(make_case(lead, given_name="Distant"), 60, phase="at_a_distance", next_contact_on=tomorrow)
    passed = timezone.localdate() - timedelta(days=1)
    missed = at(
        make_case(lead, given_name="Missed"), 60, phase="at_a_distance", next_contact_on=passed
    )
    assert [case.pk for case in silent(supervisor)] == [missed.pk, never.pk, late.pk]


def test_a_lead_of_another_team_is_not_there(
    client: Client, lead: Actor, supervisor: Actor
) -> None:
    elsewhere = make_member(lead.service, Role.LEAD, team=make_team(lead.service, "South"))
    sign_in(client, supervisor)
    there = reverse("casework:lead", args=[elsewhere.membership.pk])
    assert client.get(there).status_code == 404
