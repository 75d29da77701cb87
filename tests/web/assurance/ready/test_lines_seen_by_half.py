"""A line that software sees half of is green only when a person has said the other half."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Membership, Role
from openhiu.web.assurance.actions import ready as actions
from openhiu.web.assurance.ready import people
from openhiu.web.assurance.ready.lines import LINES, State, in_place
from openhiu.web.assurance.ready.standing import seen
from support.web import make_member, make_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(db: Any) -> Actor:
    return make_member(make_service(), Role.SUPERVISOR, name="Sam Supervisor")


@pytest.mark.parametrize(
    ("key", "asks"),
    [
        ("coaching", "Diary"),
        ("list_columns", "Columns of the trial list"),
        ("second_factor", "Access confirmed by a second person"),
        ("opening", "Where the hours were agreed"),
    ],
)
def test_what_software_sees_of_it_is_not_enough(
    boss: Actor, monkeypatch: Any, key: str, asks: str
) -> None:
    line = LINES[key]
    monkeypatch.setitem(line.__dict__, "look", lambda _service: in_place("Seen."))
    standing = seen(boss.service, line, None).standing
    assert standing.state is State.TO_CONFIRM
    assert asks in standing.evidence
    made = actions.confirm_line(by=boss, line=key, evidence="The paper in folder 3.",
                                review_on=timezone.localdate() + timedelta(days=90))  # fmt: skip
    assert seen(boss.service, line, made).good


def test_hours_that_nobody_set_are_not_green(boss: Actor) -> None:
    assert boss.service.opening
    assert seen(boss.service, LINES["opening"], None).standing.state is State.TO_CONFIRM


def test_a_lead_who_is_cover_as_well_cannot_stand_in_for_themselves(boss: Actor) -> None:
    lead = make_member(boss.service, Role.LEAD)
    make_member(boss.service, Role.COVER, user=lead.user)
    assert people.cover(boss.service).state is State.MISSING
    assert "Nobody can stand in" in people.cover(boss.service).evidence


def test_people_who_can_stand_in_are_counted_once(boss: Actor) -> None:
    make_member(boss.service, Role.LEAD)
    other = make_member(boss.service, Role.LEAD)
    make_member(boss.service, Role.COVER, user=other.user)
    assert people.cover(boss.service).evidence.startswith("1 colleague can stand in")
    make_member(boss.service, Role.COVER)
    assert people.cover(boss.service).evidence.startswith("2 colleagues can stand in")


def test_cover_without_a_lead_can_stand_in(boss: Actor) -> None:
    make_member(boss.service, Role.COVER)
    assert people.cover(boss.service).good
    Membership.objects.filter(role=Role.COVER).update(ended_at=timezone.now())
    assert not people.cover(boss.service).good
