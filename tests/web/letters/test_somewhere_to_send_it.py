"""Where a letter goes: an address that reaches nobody, a plan past its time, no practice yet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Agreement, Announcement, Role
from openhiu.web.access.sealed import update_each
from openhiu.web.casework.models import Case, Plan
from openhiu.web.directory import actions as directory
from openhiu.web.letters import actions, filling, gates
from openhiu.web.letters.kinds import KINDS
from openhiu.web.letters.permitted import recipients
from openhiu.web.letters.sheet import sheet
from openhiu.web.people.models import Person
from support.web import make_member, sign_in
from support.web_lawful import agreed
from support.web_letters import PRACTICE, make_letter, make_practice

pytestmark = pytest.mark.django_db


def stopped(lead: Actor, case: Case, way: str) -> list[str]:
    """Why it stops at the address."""
    found = gates.stopped(gates.look(sheet(make_letter(lead, case), way)))
    return [one.why for one in found if one.gate.key == "address"]


@pytest.mark.parametrize(
    "nowhere",
    [
        {"address": "No fixed address", "postcode": ""},
        {"address": "no fixed abode", "postcode": "TS17 6AA"},
        {"address": "NFA", "postcode": "TS17 6AA"},
        {"address": "c/o unknown", "postcode": "TS17 6AA"},
        {"address": "14 Harbour Row\nThornaby", "postcode": ""},
        {"address": "14 Harbour Row\nThornaby", "postcode": "none"},
    ],
)
def test_an_address_that_reaches_nobody_stops_the_post_and_offers_the_hand(
    lead: Actor, case: Case, nowhere: dict[str, str]
) -> None:
    update_each(Person.objects.filter(pk=case.person_id), **nowhere)
    case.refresh_from_db()
    [why] = stopped(lead, case, "post")
    assert "hand it over" in why
    assert stopped(lead, case, "hand") == []


@pytest.mark.parametrize(
    "somewhere",
    [
        {"address": "14 Harbour Row\nThornaby TS17 6AA", "postcode": ""},
        {"address": "c/o Ms Unwin, 2 Nofax Way", "postcode": "ts176aa"},
    ],
)
def test_a_postcode_in_either_place_is_enough(
    lead: Actor, case: Case, somewhere: dict[str, str]
) -> None:
    update_each(Person.objects.filter(pk=case.person_id), **somewhere)
    assert stopped(lead, case, "post") == []


def test_the_page_leads_to_the_hand_and_offers_no_confirming(
    lead: Actor, case: Case, client: Client
) -> None:
    update_each(Person.objects.filter(pk=case.person_id), address="No fixed address", postcode="")
    letter = make_letter(lead, case)
    page = sign_in(client, lead).get(reverse("letters:check", args=[letter.pk])).content.decode()
    assert "It is right. Who said so, today?" not in page
    assert 'href="?way=hand">Hand it over' in page


def test_a_plan_past_its_time_leads_to_the_plan(lead: Actor, case: Case, client: Client) -> None:
    letter = make_letter(lead, case, "card")
    Plan.objects.filter(case=case).update(updated_at=timezone.now() - timedelta(days=1200))
    page = sign_in(client, lead).get(reverse("letters:check", args=[letter.pk])).content.decode()
    assert "is past its time. Go through it together first." in page
    assert f'href="{reverse("casework:plan", args=[case.pk])}">Go through the plan' in page
    assert "Draw it up again from the plan" not in page


def start(case: Case) -> str:
    return str(reverse("letters:start", args=[case.pk, "gp_working"]))


def test_without_a_practice_a_lead_asks_the_supervisor_once(
    lead: Actor, case: Case, client: Client
) -> None:
    boss = make_member(lead.service, Role.SUPERVISOR)
    sign_in(client, lead)
    page = client.get(start(case)).content.decode()
    ask = reverse("letters:ask_practice", args=[case.pk])
    assert ask in page
    assert "Ask your supervisor" in page
    for once in ("first", "second"):
        assert client.post(ask, {"posted": once}).status_code == 302
    told = Announcement.objects.get(to=boss.membership)
    assert told.link == reverse("letters:places")
    assert case.person.family_name not in told.words
    assert str(case.pk) not in told.link + told.words
    assert "They have been asked" in client.get(start(case)).content.decode()


def test_with_a_practice_nothing_is_asked(lead: Actor, case: Case, client: Client) -> None:
    make_practice(lead, case)
    boss = make_member(lead.service, Role.SUPERVISOR)
    sign_in(client, lead)
    assert "Ask your supervisor" not in client.get(start(case)).content.decode()
    client.post(reverse("letters:ask_practice", args=[case.pk]), {"posted": "one"})
    assert not Announcement.objects.filter(to=boss.membership).exists()


def test_a_supervisor_adds_a_practice_with_agreement_and_address(
    lead: Actor, case: Case, client: Client
) -> None:
    boss = make_member(lead.service, Role.SUPERVISOR)
    actions.ask_for_a_practice(by=lead)
    page = sign_in(client, boss).get(reverse("letters:places")).content.decode()
    assert reverse("letters:add_practice") in page
    said = {"name": PRACTICE, "address": "1 Bridge Street\nStockton", "purpose": "Telling the GP",
            "posted": "one"} | {f"{name}_{part}": value
            for name, year in (("starts_on", "2020"), ("ends_on", "2090"))
            for part, value in (("day", "1"), ("month", "2"), ("year", year))}  # fmt: skip
    answer = client.post(reverse("letters:add_practice"), said)
    assert answer.status_code == 302, answer.content.decode()
    assert recipients(lead.service_id, KINDS["gp_working"]) == []  # a draft carries nothing
    Agreement.objects.update(**agreed(lead.service))
    assert [one.name for one in recipients(lead.service_id, KINDS["gp_working"])] == [PRACTICE]
    assert not Announcement.objects.filter(to=boss.membership, seen_at=None).exists()
    assert PRACTICE in sign_in(client, lead).get(start(case)).content.decode()
    with pytest.raises(NotAllowed):
        actions.add_practice(by=boss, name=PRACTICE.upper(), address="x", purpose="x",
                             starts_on=date(2020, 1, 1), ends_on=date(2090, 1, 1))  # fmt: skip


def test_a_letter_names_who_the_directory_names_with_hours(lead: Actor, case: Case) -> None:
    lead.service.out_of_hours = "Some other line, 01632 960 999"
    week: dict[str, Any] = {day: [["18:00", "06:00"]] for day in
                            ("MO", "TU", "WE", "TH", "FR", "SA", "SU")}  # fmt: skip
    assert filling.night(lead.service) == "Some other line, 01632 960 999"
    directory.add_listing(by=lead, name="Night Line", phone="0808 157 0100", offers=["nights"],
                          hours=week)  # fmt: skip
    said = filling.night(lead.service)
    assert "- Night Line: 0808 157 0100, every day 6pm to 6am" in said
    assert "960 999" not in said
