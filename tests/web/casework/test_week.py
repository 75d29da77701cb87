"""The week page: every room's entries on their days, and legible with fifty clients."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.casework import actions, home
from openhiu.web.casework.actions.visits import plan_visit
from openhiu.web.casework.models import Case
from openhiu.web.team import diary
from openhiu.web.team.calendar_feed import as_calendar
from openhiu.web.team.models import Leave
from support.web import make_member, make_service, make_team, sign_in
from support.web_casework import make_case, make_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 11)  # a Wednesday


@pytest.fixture
def nia() -> Actor:
    service = make_service()
    return make_member(service, Role.LEAD, name="Nia Evans", team=make_team(service))


def due(case: Case, day: date) -> Case:
    Case.objects.filter(pk=case.pk).update(next_contact_on=day)
    return case


def week(nia: Actor, of: date = TODAY) -> dict[date, list[tuple[str, str]]]:
    monday = of - timedelta(days=of.weekday())
    found = diary.gather(nia, monday, monday + timedelta(days=6))
    return {day: [(one.kind, one.words) for one in entries] for day, entries in found.items()}


def test_each_thing_stands_on_its_day_and_what_is_overdue_on_today(nia: Actor) -> None:
    due(make_case(nia, given_name="Past", family_name="X"), date(2026, 11, 2))
    due(make_case(nia, given_name="Now", family_name="X"), TODAY)
    case = due(make_case(nia, given_name="Later", family_name="X"), date(2026, 11, 13))
    actions.add_task(by=nia, words="Ring housing", case=case, due_on=date(2026, 11, 12))
    found = week(nia)
    assert found[TODAY] == [("call", "Past X"), ("call", "Now X")]
    assert found[date(2026, 11, 12)] == [("task", "Ring housing")]
    assert found[date(2026, 11, 13)] == [("call", "Later X")]
    assert found[date(2026, 11, 9)] == []


def test_at_the_weekend_what_is_overdue_stands_on_today(nia: Actor) -> None:
    due(make_case(nia, given_name="Past", family_name="X"), date(2026, 11, 12))
    with time_machine.travel(datetime(2026, 11, 14, 10, tzinfo=UTC)):
        assert week(nia)[date(2026, 11, 14)] == [("call", "Past X")]
        assert week(nia, date(2026, 11, 16))[date(2026, 11, 16)] == []


@pytest.mark.parametrize("day", [14, 15])  # Saturday, Sunday
def test_at_the_weekend_the_coming_week_opens_with_this_weekend_on_top(
    nia: Actor, client: Client, day: int
) -> None:
    due(make_case(nia, given_name="Past", family_name="X"), date(2026, 11, 13))
    due(make_case(nia, given_name="Next", family_name="X"), date(2026, 11, 17))
    with time_machine.travel(datetime(2026, 11, day, 10, tzinfo=UTC)):
        sign_in(client, nia)
        page = client.get(reverse("casework:week")).content.decode()
        top, below = page.split("The coming week</h2>")
        assert "16 November 2026 to" in page
        assert "This weekend</h2>" in top
        assert "Past X" in top
        assert "Next X" in below
        assert "Past X" not in below
        before = client.get(reverse("casework:week"), {"of": "2026-11-09"}).content.decode()
        assert "9 November 2026 to" in before
        assert "This weekend</h2>" not in before


@pytest.mark.parametrize("day", [13, 14, 15, 16])  # Friday to Monday
def test_the_week_the_morning_page_and_the_calendar_agree_on_what_is_late(
    nia: Actor, day: int
) -> None:
    case = due(make_case(nia, given_name="Past", family_name="X"), date(2026, 11, 12))
    actions.add_task(by=nia, words="Ring housing", case=case, due_on=date(2026, 11, 12))
    with time_machine.travel(datetime(2026, 11, day, 10, tzinfo=UTC)):
        today = date(2026, 11, day)
        board = home.gather(nia)
        shown = [line.text for line in (*board.calls, *board["actions"])]
        assert shown == ["Past X", "Ring housing"]
        assert [words for _, words in week(nia, today)[today]] == shown
        outside = diary.gather(nia, today - timedelta(days=14), today + timedelta(days=62))
        told = as_calendar(outside, salt="x").decode()
        assert "Call due" in told
        assert [one.words for one in outside[today]] == shown


def test_whole_days_stand_above_times_and_calls_below_them(nia: Actor) -> None:
    ben = make_member(nia.service, Role.LEAD, team=nia.team)
    due(make_case(nia, given_name="Now", family_name="X"), TODAY)
    for hour in (15, 13):
        plan_visit(
            by=nia, who=f"At {hour}", where="x", phone="01632 960 111", minutes=30,
            buddy=ben.membership,
            starts_at=timezone.make_aware(datetime(2026, 11, 11, hour)),
        )  # fmt: skip
    Leave.objects.create(
        service=nia.service, member=nia.membership, kind="annual", state="booked", from_day=TODAY,
        until_day=TODAY, from_midday=True, noted_by=nia.membership,
    )  # fmt: skip
    assert week(nia)[TODAY] == [
        ("leave", "Annual leave, half the day"), ("visit", "At 13"), ("visit", "At 15"),
        ("call", "Now X"),
    ]  # fmt: skip


def test_bank_holidays_are_named(nia: Actor) -> None:
    found = week(nia, date(2026, 12, 25))
    assert found[date(2026, 12, 25)] == [("holiday", "Christmas Day")]


def test_somebody_elses_days_are_not_shown(nia: Actor) -> None:
    other = make_member(nia.service, Role.LEAD, team=nia.team)
    due(make_case(other, given_name="Not", family_name="Mine"), TODAY)
    assert week(nia)[TODAY] == []


def test_a_supervisor_has_a_week_without_clients(nia: Actor, client: Client) -> None:
    due(make_case(nia, given_name="Robin", family_name="Finch"), TODAY)
    sign_in(client, make_member(nia.service, Role.SUPERVISOR, team=nia.team))
    page = client.get(reverse("casework:week")).content.decode()
    assert "Robin" not in page
    assert "Monday 9 November" in page


@pytest.mark.parametrize(("of", "monday"), [
    ("", "9 November 2026"), ("2026-12-01", "30 November 2026"), ("nonsense", "9 November 2026"),
    ("9999-12-31", "9 November 2026"), ("0001-01-01", "9 November 2026"),
])  # fmt: skip
def test_another_week_is_chosen_by_one_of_its_days(
    nia: Actor, client: Client, of: str, monday: str
) -> None:
    sign_in(client, nia)
    page = client.get(reverse("casework:week"), {"of": of}).content.decode()
    assert f"{monday} to" in page


def test_fifty_clients_are_legible_and_cost_no_more_queries(
    nia: Actor, client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(50):
        person = make_person(nia.service, given_name=f"Number{number:02}", family_name="X")
        due(make_case(nia, person), TODAY + timedelta(days=number % 3))
    sign_in(client, nia)
    client.get(reverse("casework:week"))
    with django_assert_max_num_queries(40) as counted:
        page = client.get(reverse("casework:week")).content.decode()
    few = len(counted.captured_queries)
    assert "Calls (17)" in page
    assert "And 9 more" in page
    make_case(nia)
    with django_assert_max_num_queries(few):
        client.get(reverse("casework:week"))
