"""Reminders: every coming date is told once at each threshold, to whom it concerns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import unseen
from openhiu.web.access.models import Role
from openhiu.web.assurance import reminders
from openhiu.web.assurance.models import Reminded
from openhiu.web.assurance.reminders import Due
from support.web import make_member, make_service, sign_in

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 11, 11, 10, tzinfo=UTC)
DAY = date(2027, 1, 10)  # 60 days on


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(BEGIN, tick=False) as moved:
        yield moved


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[Due]:
    """The only dates there are."""
    given: list[Due] = []

    def source(service_id: UUID, today: date) -> list[Due]:
        return given

    monkeypatch.setattr(reminders, "SOURCES", [source])
    return given


@pytest.fixture
def bea(clock: Any) -> Actor:
    return make_member(make_service(), Role.SUPERVISOR)


def due(on: date = DAY, **more: Any) -> Due:
    given = {"to": (Role.SUPERVISOR,), "link": "/assurance/", **more}
    return Due("agreement:1:ends", "Agreement AG-1 ends", on, **given)


def told(actor: Actor) -> list[str]:
    reminders.remind(actor.service)
    return [one.words for one in unseen(actor)][::-1]


def test_a_date_is_told_at_each_threshold_and_on_the_day_once(
    bea: Actor, found: list[Due], clock: Any
) -> None:
    found.append(due())
    for days in range(64):
        clock.move_to(BEGIN + timedelta(days=days))
        reminders.remind(bea.service)
        reminders.remind(bea.service)
    assert {one.words for one in unseen(bea)} == {
        f"Agreement AG-1 ends {when}."
        for when in (
            "in 60 days", "in 30 days", "in 14 days", "in 7 days", "tomorrow", "today",
        )
    }  # fmt: skip
    assert unseen(bea).count() == 6


def test_a_date_known_late_is_told_at_once_and_not_for_what_has_passed(
    bea: Actor, found: list[Due]
) -> None:
    found.append(due(date(2026, 11, 16)))
    assert told(bea) == ["Agreement AG-1 ends in 5 days."]


def test_a_date_known_only_afterwards_is_told_as_overdue(bea: Actor, found: list[Due]) -> None:
    found.append(due(date(2026, 11, 1)))
    assert told(bea) == ["Overdue: Agreement AG-1 ends."]


def test_what_is_overdue_is_told_again_each_week(bea: Actor, found: list[Due], clock: Any) -> None:
    found.append(due(date(2026, 11, 12)))
    told = []
    for days in range(24):
        clock.move_to(BEGIN + timedelta(days=days))
        if reminders.remind(bea.service):
            told.append(days)
        assert reminders.remind(bea.service) == 0
    assert told == [0, 1, 8, 15, 22]
    assert unseen(bea).filter(words="Overdue: Agreement AG-1 ends.").count() == 3


def test_a_date_is_told_once_somebody_holds_the_role(bea: Actor, found: list[Due]) -> None:
    found.append(due(date(2026, 11, 18), to=(Role.AUDITOR,)))
    assert reminders.remind(bea.service) == 0
    gil = make_member(bea.service, Role.AUDITOR)
    assert told(gil) == ["Agreement AG-1 ends in 7 days."]
    assert told(gil) == ["Agreement AG-1 ends in 7 days."]


def test_a_date_that_was_moved_is_told_anew(bea: Actor, found: list[Due]) -> None:
    found.append(due(date(2026, 11, 18)))
    told(bea)
    found[0] = due(date(2026, 11, 25))
    assert sorted(told(bea)) == [
        "Agreement AG-1 ends in 14 days.", "Agreement AG-1 ends in 7 days.",
    ]  # fmt: skip


def test_only_whom_it_concerns_is_told(bea: Actor, found: list[Due]) -> None:
    lead = make_member(bea.service, Role.LEAD)
    named = make_member(bea.service, Role.LEAD)
    second = make_member(bea.service, Role.SUPERVISOR)
    found.append(due(members=(named.membership.pk,), not_to=frozenset({second.user.pk})))
    assert (len(told(bea)), told(lead), len(told(named)), told(second)) == (1, [], 1, [])


def test_hours_are_counted_down_in_hours(bea: Actor, found: list[Due], clock: Any) -> None:
    moment = BEGIN + timedelta(hours=72)
    found.append(due(moment.date(), at=moment))
    assert told(bea) == []
    for hours in (24, 48, 66, 71.5, 72):
        clock.move_to(BEGIN + timedelta(hours=hours))
        reminders.remind(bea.service)
    assert told(bea) == [
        "Agreement AG-1 ends in 48 hours.",
        "Agreement AG-1 ends in 24 hours.",
        "Agreement AG-1 ends in 6 hours.",
        "Agreement AG-1 ends within the hour.",
        "Overdue: Agreement AG-1 ends.",
    ]


def test_the_first_page_and_the_morning_page_show_what_comes(
    client: Client, bea: Actor, found: list[Due]
) -> None:
    found += [due(date(2026, 11, 16)), due(date(2027, 3, 1))]
    sign_in(client, bea)
    assert "Agreement AG-1 ends" in client.get("/assurance/").content.decode()
    morning = client.get("/").content.decode()
    assert "Soon due in assurance" in morning
    assert morning.count("Agreement AG-1 ends") == 1  # the one in March is far off


def test_the_same_words_about_one_page_are_one_line(bea: Actor, found: list[Due]) -> None:
    found += [due(date(2026, 11, 16 + day), members=()) for day in range(3)]
    assert [one.words for one in reminders.due_for(bea)] == ["Agreement AG-1 ends (3)"]


def test_all_that_is_overdue_on_one_page_is_one_line(bea: Actor, found: list[Due]) -> None:
    found += [
        due(date(2026, 11, 1)),
        replace(due(date(2026, 11, 2)), words="Agreement AG-1 is looked at"),
        replace(due(date(2026, 11, 2)), words="Something else", link="/team/"),
        due(date(2026, 11, 20)),
    ]
    assert [one.words for one in reminders.due_for(bea)] == [
        "Agreement AG-1 ends, and 1 more", "Something else", "Agreement AG-1 ends",
    ]  # fmt: skip


def test_what_was_told_is_kept_without_a_word_of_it(bea: Actor, found: list[Due]) -> None:
    found.append(due(date(2026, 11, 16)))
    told(bea)
    [row] = Reminded.objects.values_list("key", "on", "step", "told")
    assert row == ("agreement:1:ends", date(2026, 11, 16), 7, 1)
