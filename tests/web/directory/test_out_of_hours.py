"""Who answers at night: national numbers and local services, for every role and for anyone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.directory import actions, night, queries
from support.web import make_member, make_service, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service(), Role.LEAD)


def names(lead: Actor, area: str = "") -> list[str]:
    return [one.name for one in queries.out_of_hours(lead.service, area)]


def test_the_national_numbers_are_the_published_ones() -> None:
    numbers = {one.name: (one.call, one.press, one.text) for one in night.national()}
    assert numbers["Emergency services"] == ("999", "", "")
    assert numbers["NHS 111, mental health"] == ("111", "2", "")
    assert numbers["Samaritans"] == ("116 123", "", "")
    assert numbers["Shout"] == ("", "", "85258")
    assert numbers["The Silver Line"] == ("0800 4 70 80 90", "", "")


def test_each_national_number_says_where_it_is_from() -> None:
    assert all(one.source.startswith("https://") for one in night.national())


def test_while_nobody_has_checked_the_national_numbers_the_page_says_so(lead: Actor) -> None:
    assert {one.checked_on for one in night.national()} == {None}
    page = sign_in(Client(), lead).get(reverse("directory:out_of_hours")).content.decode()
    assert "Nobody has checked the national numbers here yet" in page


def test_the_most_urgent_comes_first_and_daytime_services_not_at_all(lead: Actor) -> None:
    for name, offers in (("Day", []), ("Weekend", ["weekends"]), ("Crisis", ["crisis"]),
                         ("Night", ["nights"]), ("Befriender", ["calls_out"])):  # fmt: skip
        actions.add_listing(by=lead, name=name, offers=offers, phone="01632 960001")
    found = names(lead)
    assert found[:4] == ["Emergency services", "NHS 111, mental health", "Crisis", "Night"]
    assert found[-1] == "Weekend"
    assert not {"Day", "Befriender"} & set(found)


def test_only_services_of_the_area_and_none_that_ended_or_cannot_be_reached(lead: Actor) -> None:
    facts = {"offers": ["nights"], "phone": "01632 960001"}
    actions.add_listing(by=lead, name="Here", areas=["ZZ1"], **facts)
    actions.add_listing(by=lead, name="There", areas=["ZZ2"], **facts)
    actions.add_listing(by=lead, name="No number", offers=["nights"])
    gone = actions.add_listing(by=lead, name="Gone", **facts)
    actions.end_listing(by=lead, listing=gone, why="x")
    found = names(lead, "ZZ1 1AA")
    assert "Here" in found
    assert not {"There", "No number", "Gone"} & set(found)


def test_lines_for_a_card_name_the_number_and_leave_out_what_is_full_or_unchecked(
    lead: Actor,
) -> None:
    facts = {"offers": ["nights"], "phone": "01632 960001"}
    full = actions.add_listing(by=lead, name="Full", **facts)
    actions.say_room(by=lead, listing=full, capacity="full", said_by="x")
    actions.add_listing(by=lead, name="Night Line", text_number="07700 900100", **facts)
    lines = night.suggested(lead.service)
    assert lines[:2] == ["NHS 111, mental health: 111, press 2",
                         "Night Line: 01632 960001 or text 07700 900100"]  # fmt: skip
    assert not any(line.startswith(("Full", "Emergency")) for line in lines)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_may_see_it(client: Client, role: Any) -> None:
    member = make_member(make_service(), role)
    sign_in(client, member)
    page = client.get(reverse("directory:out_of_hours")).content.decode()
    assert "This is not a crisis service" in page
    assert 'href="tel:116123"' in page
    assert client.get(reverse("directory:out_of_hours_card")).status_code == 200


def test_anyone_sees_the_national_numbers_and_nothing_of_a_service(
    client: Client, lead: Actor
) -> None:
    actions.add_listing(by=lead, name="Local Night", offers=["nights"], phone="01632 960001")
    page = client.get(reverse("directory:numbers")).content.decode()
    assert 'href="tel:116123"' in page
    assert 'href="sms:85258"' in page
    assert "This is not a crisis service" in page
    assert "Local Night" not in page


def test_the_page_says_the_hours_of_the_service_itself(client: Client, lead: Actor) -> None:
    sign_in(client, lead)
    page = client.get(reverse("directory:out_of_hours")).content.decode()
    assert night.our_hours(lead.service) in page
