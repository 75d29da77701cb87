"""The service's own hours stand wherever somebody could take it for a crisis service."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.directory import night
from openhiu.web.letters import filling
from openhiu.web.letters.texts import wording
from support.web import make_member, make_service, sign_in
from support.web_casework import make_case

pytestmark = pytest.mark.django_db
MORNINGS = [["08:00", "12:30"]] * 5 + [None, None]
# Every letter that asks its reader to ring the lead in a hard moment, and when nobody was reached.
SAY_THE_HOURS = ("card", "crisis_plan", "gp_plan", "hello", "not_reached")


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service(opening=MORNINGS))


@pytest.mark.parametrize(
    "page", ["directory:out_of_hours", "directory:out_of_hours_card", "casework:card"]
)
def test_pages_to_hand_over_say_the_hours_of_this_service(
    lead: Actor, client: Client, page: str
) -> None:
    ours = night.our_hours(lead.service)
    assert ours != night.USUAL_HOURS
    args = [make_case(lead).pk] if page == "casework:card" else []
    said = sign_in(client, lead).get(reverse(page, args=args)).content.decode()
    assert ours in said


@pytest.mark.parametrize("kind", SAY_THE_HOURS)
def test_letters_that_ask_to_ring_say_when_somebody_answers(lead: Actor, kind: str) -> None:
    words = wording(lead.service_id, kind)
    assert words is not None and "{hours}" in words.body
    said = filling.values(make_case(lead), lead.membership)["hours"]
    assert said == f"We answer {night.our_hours(lead.service)}."
