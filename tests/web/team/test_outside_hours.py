"""Outside its hours the service says that it is not a crisis service, and who answers."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed, Stale
from openhiu.web.access.models import Role, Service
from openhiu.web.access.models.belonging import weekdays_nine_to_five
from openhiu.web.team.actions.hours import set_opening
from support.web import make_member, make_service, sign_in

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
SAYS = "this is not a crisis service"
NIGHT, DAY = datetime(2026, 11, 20, 22, tzinfo=LONDON), datetime(2026, 11, 20, 11, tzinfo=LONDON)


def member(role: Role, **more: str) -> Actor:
    return make_member(make_service(**more), role)


@pytest.mark.parametrize("role", [Role.LEAD, Role.PARTNER, Role.SUPERVISOR])
def test_the_start_page_says_so_at_night_and_not_by_day(client: Client, role: Role) -> None:
    with time_machine.travel(DAY, tick=False) as clock:
        actor = member(role, out_of_hours="The crisis team, 0800 000 0000")
        assert SAYS not in sign_in(client, actor).get("/").content.decode()
        clock.move_to(NIGHT)
        page = sign_in(client, actor).get("/").content.decode()
    assert SAYS in page
    assert "We are back on Monday 23 November at 9am." in page
    assert "call 999" in page
    assert "The crisis team, 0800 000 0000" in page


def test_a_partner_reads_one_line_on_other_pages_and_a_lead_nothing(client: Client) -> None:
    with time_machine.travel(NIGHT, tick=False):
        partner, lead = member(Role.PARTNER), member(Role.LEAD)
        shared = sign_in(client, partner).get(reverse("casework:shared_list")).content.decode()
        assert SAYS not in shared
        (line,) = (one for one in shared.splitlines() if "app-outside" in one)
        assert "We are closed now. Emergency: 999. Urgent: 111, then 2 for mental health." in line
        assert reverse("directory:out_of_hours") in line
        mine = sign_in(client, lead).get(reverse("casework:my_tasks"))
        assert SAYS not in mine.content.decode()


def test_the_page_for_signing_in_says_so_of_the_only_service() -> None:
    with time_machine.travel(NIGHT, tick=False):
        make_service(out_of_hours="The crisis team, 0800 000 0000")
        page = Client().get("/sign-in/").content.decode()
        assert "We are back on Monday 23 November at 9am." in page
        assert "The crisis team" in page
        make_service()
        several = Client().get("/sign-in/").content.decode()
    assert SAYS in several
    assert "The crisis team" not in several  # which of the services they mean is not known


def test_while_any_service_is_open_the_page_for_signing_in_says_nothing() -> None:
    with time_machine.travel(NIGHT, tick=False):
        make_service()
        make_service(opening=[["09:00", "23:00"]] * 5 + [None, None])
        assert SAYS not in Client().get("/sign-in/").content.decode()


def test_a_bank_holiday_is_closed(client: Client) -> None:
    with time_machine.travel(datetime(2026, 12, 28, 11, tzinfo=LONDON), tick=False):
        page = sign_in(client, member(Role.LEAD)).get("/").content.decode()
    assert "We are back on Tuesday 29 December at 9am." in page


def test_the_supervisor_sets_hours_and_closed_days(client: Client) -> None:
    boss = member(Role.SUPERVISOR)
    said = {
        "day0_from": "10am", "day0_to": "4pm", "closed_days": "24/12/2026 Christmas Eve\n2/1/2027",
        "pause_before_leave": "3", "version": "1", "posted": "x",
    }  # fmt: skip
    done = sign_in(client, boss).post(reverse("team:service_hours"), said)
    assert done.status_code == 302
    service = Service.objects.get(pk=boss.service_id)
    assert service.opening == [["10:00", "16:00"], *[None] * 6]
    assert service.closed_days == [["2026-12-24", "Christmas Eve"], ["2027-01-02", "Closed"]]
    assert service.pause_before_leave == 3


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"day0_to": "9am"}, "Monday must end after it begins"),
        ({"day0_to": ""}, "Monday needs both times, or neither"),
        ({"day0_from": "", "day0_to": ""}, "Enter the hours of at least one day"),
        ({"closed_days": "Christmas"}, "Begin each line with a date"),
        ({"closed_days": "31/2/2027 Nothing"}, "must begin with a real date"),
    ],
)
def test_hours_that_cannot_be_are_asked_again(
    client: Client, changes: dict[str, str], why: str
) -> None:
    boss = member(Role.SUPERVISOR)
    said = {"day0_from": "10am", "day0_to": "4pm", "pause_before_leave": "3", "version": "1"}
    page = sign_in(client, boss).post(reverse("team:service_hours"), said | changes)
    assert why in page.content.decode()
    assert Service.objects.get(pk=boss.service_id).opening == weekdays_nine_to_five()


def test_hours_saved_by_two_are_not_lost() -> None:
    boss = member(Role.SUPERVISOR)
    set_opening(by=boss, version=1, pause_before_leave=2)
    with pytest.raises(Stale):
        set_opening(by=boss, version=1, pause_before_leave=9)
    with pytest.raises(NotAllowed):
        set_opening(by=member(Role.LEAD), version=1, pause_before_leave=9)
