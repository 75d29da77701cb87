"""One source for who answers when we do not: the directory, and under each heading who is there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.casework.models import Plan
from openhiu.web.directory import actions, night
from openhiu.web.directory.words import ROUTES
from support.web import make_member, make_service, sign_in
from support.web_casework import make_case

pytestmark = pytest.mark.django_db
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EVERY_NIGHT = {day: [["18:00", "06:00"]] for day in DAYS}
OTHER = "Another line, 01632 960 999"


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service(out_of_hours=OTHER), Role.LEAD)


def listed(by: Actor, name: str, offers: list[str], hours: dict[str, Any] | None = None) -> None:
    actions.add_listing(by=by, name=name, offers=offers, phone="01632 960001", hours=hours or {})


def test_each_stands_under_when_they_really_are_there(lead: Actor) -> None:
    listed(lead, "Allotment", ["weekends"], {"SA": [["10:00", "15:00"]]})
    listed(lead, "Cafe", ["evenings", "weekends"], {"SA": [["17:00", "22:00"]]})
    listed(lead, "Carers", ["evenings"], {"WE": [["09:00", "17:00"]]})  # marked so
    listed(lead, "Matron", ["weekends"], {"MO": [["08:00", "18:00"]], "SA": [["09:00", "13:00"]]})
    listed(lead, "Unknown hours", ["weekends"])
    listed(lead, "Line", ["nights"], EVERY_NIGHT)
    listed(lead, "Late shop", ["weekends"], {"SU": [["10:00", "20:00"]]})
    groups = {title: [one.name for one in rows if not one.national]
              for title, rows in night.by_time(night.out_of_hours(lead.service))}  # fmt: skip
    assert groups == {
        night.AT_NIGHT: ["Line"],
        night.EVENINGS: ["Cafe", "Carers", "Late shop"],
        night.WEEKEND_DAYS: ["Allotment", "Matron", "Unknown hours"],
    }


@pytest.mark.parametrize("page", ["directory:out_of_hours", "directory:out_of_hours_card"])
def test_weekend_days_have_a_heading_of_their_own(lead: Actor, client: Client, page: str) -> None:
    listed(lead, "Allotment", ["weekends"], {"SA": [["10:00", "15:00"]]})
    said = sign_in(client, lead).get(reverse(page)).content.decode()
    assert said.index("Samaritans") < said.index(night.WEEKEND_DAYS) < said.index("Allotment")


def test_a_card_names_who_answers_by_night_with_their_hours(lead: Actor) -> None:
    listed(lead, "Line", ["nights"], EVERY_NIGHT)
    listed(lead, "Allotment", ["weekends"], {"SA": [["10:00", "15:00"]]})
    assert "Line: 01632 960001, every day 6pm to 6am" in night.suggested(lead.service)
    assert not any("Allotment" in line for line in night.suggested(lead.service))


def test_where_the_directory_names_somebody_the_services_own_words_are_not_a_second_source(
    lead: Actor,
) -> None:
    assert night.own_words(lead.service) == OTHER
    listed(lead, "Allotment", ["weekends"], {"SA": [["10:00", "15:00"]]})
    assert night.own_words(lead.service) == OTHER
    listed(lead, "Line", ["nights"], EVERY_NIGHT)
    assert night.own_words(lead.service) == ""


def test_the_banner_and_the_clients_card_say_the_same(lead: Actor, client: Client) -> None:
    listed(lead, "Line", ["nights"], EVERY_NIGHT)
    case = make_case(lead)
    sunday = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Europe/London"))
    with time_machine.travel(sunday, tick=False):
        Plan.objects.filter(case=case).update(updated_at=timezone.now())
        sign_in(client, lead)
        banner = client.get("/").content.decode()
        card = client.get(reverse("casework:card", args=[case.pk])).content.decode()
    for page in (banner, card):
        assert "Line: 01632 960001, every day 6pm to 6am" in page
        assert OTHER not in page
    assert "We are back on Monday 23 November at 9am." in banner


def test_a_card_past_its_time_is_not_printed_and_leads_to_the_plan(
    lead: Actor, client: Client
) -> None:
    case = make_case(lead)
    Plan.objects.filter(case=case).update(updated_at=timezone.now() - timedelta(days=1200))
    url = reverse("casework:card", args=[case.pk])
    page = sign_in(client, lead).get(url).content.decode()
    assert "is past its time. Go through it together first." in page
    assert f'href="{reverse("casework:plan", args=[case.pk])}">Go through the plan' in page
    assert "Print this card" not in page
    Plan.objects.filter(case=case).update(updated_at=timezone.now())
    page = client.get(url).content.decode()
    assert "Print this card" in page
    assert "past its time" not in page


def test_ways_in_do_not_contradict_each_other() -> None:
    assert not any("only" in words for words in ROUTES.values())
    assert ROUTES["gp"] == "Through a GP"
