"""A calendar outside: kinds and times, never anything personal; a secret address that can end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import AuditEntry, Membership, Role, User
from openhiu.web.access.row_security import set_service
from openhiu.web.casework import actions
from openhiu.web.casework.actions.visits import plan_visit
from openhiu.web.casework.models import Case
from openhiu.web.team import diary
from openhiu.web.team.actions import calendar_key as keys
from openhiu.web.team.calendar_feed import as_calendar
from openhiu.web.team.diary import Entry
from openhiu.web.team.models import CalendarKey, Cover, Leave
from openhiu.web.team.views import calendar as views
from support.web import make_member, make_service, make_team, sign_in
from support.web_casework import make_case

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 11)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[Any]:
    cache.clear()
    with time_machine.travel(datetime(2026, 11, 11, 10, tzinfo=UTC), tick=False) as moved:
        yield moved


@pytest.fixture
def nia() -> Actor:
    service = make_service()
    return make_member(service, Role.LEAD, name="Nia Evans", team=make_team(service))


def address(actor: Actor, secret: str) -> str:
    return reverse("team:calendar_file", args=[actor.membership.pk, secret])


def fetch(actor: Actor, secret: str, **more: Any) -> Any:
    """As a calendar programme does: no cookie, no session."""
    set_service(None)
    answer = Client().get(address(actor, secret), **more)
    set_service(actor.service_id)
    return answer


def events(sent: bytes) -> list[Any]:
    return list(Calendar.from_ical(sent).walk("VEVENT"))


def lines(answer: Any) -> list[tuple[date, str]]:
    found = []
    for event in events(answer.content):
        begins = event["dtstart"].dt
        day = timezone.localtime(begins).date() if isinstance(begins, datetime) else begins
        found.append((day, str(event["summary"])))
    return sorted(found)


def full_days(nia: Actor) -> Case:
    """A client with calls, tasks, a visit; leave, cover, supervision."""
    ben = make_member(nia.service, Role.LEAD, name="Ben Okoro", team=nia.team)
    case = make_case(nia, given_name="Robin", family_name="Finch", address="12 Mill Lane")
    for given, days in (("Sam", 0), ("Kim", -3), ("Lee", 2)):
        other = make_case(nia, given_name=given, family_name="Wren")
        Case.objects.filter(pk=other.pk).update(next_contact_on=TODAY + timedelta(days=days))
    Case.objects.filter(pk=case.pk).update(next_contact_on=TODAY)
    actions.add_task(by=nia, words="Ring Robin about the flat", case=case, due_on=TODAY)
    plan_visit(
        by=nia, who="The Hill family", where="12 Mill Lane", phone="01632 960 111", minutes=60,
        buddy=ben.membership, starts_at=timezone.now() + timedelta(hours=4),
    )  # fmt: skip
    away(nia, date(2026, 11, 20), date(2026, 11, 20))
    leave = away(ben, date(2026, 11, 17), date(2026, 11, 18))
    Cover.objects.create(
        service=nia.service, leave=leave, covering=nia.membership, from_day=leave.from_day,
        until_day=leave.until_day, answer="yes", asked_by=ben.membership,
        answered_at=timezone.now(),
    )  # fmt: skip
    return case


def away(who: Actor, first: date, last: date) -> Leave:
    return Leave.objects.create(
        service=who.service, member=who.membership, kind="sick", state="booked", from_day=first,
        until_day=last, noted_by=who.membership,
    )  # fmt: skip


def test_a_calendar_gets_kinds_and_times(nia: Actor) -> None:
    full_days(nia)
    found = lines(fetch(nia, keys.make_key(by=nia)))
    assert found == [
        (TODAY, "Calls due (3)"),  # today's two, and the one three days overdue
        (TODAY, "Task due"),
        (TODAY, "Visit"),
        (date(2026, 11, 13), "Call due"),
        (date(2026, 11, 17), "Cover"),
        (date(2026, 11, 18), "Cover"),
        (date(2026, 11, 20), "Leave"),
        (date(2026, 12, 25), "Bank holiday"),
        (date(2026, 12, 26), "Bank holiday"),
        (date(2026, 12, 28), "Bank holiday"),  # Boxing Day falls on a Saturday
        (date(2027, 1, 1), "Bank holiday"),
    ]


def test_nothing_personal_leaves(nia: Actor) -> None:
    case = full_days(nia)
    whole = fetch(nia, keys.make_key(by=nia)).content.decode().replace("\r\n ", "")
    # An event's key is a keyed hash: by chance it may hold any figures.
    sent = re.sub(r"^UID:[0-9a-f]{32}@openhiu\r?$", "", whole, flags=re.MULTILINE)
    assert "UID" not in sent
    personal = [
        "Robin", "Finch", "Wren", "Hill", "Mill", "960", "Nia", "Ben", "flat", "sick", "Off",
        str(case.pk), str(case.person_id), str(nia.membership.pk), str(nia.user.pk),
        nia.user.email, nia.service.name,
    ]  # fmt: skip
    assert [word for word in personal if word.lower() in sent.lower()] == []
    assert not re.findall(r"^(DESCRIPTION|LOCATION|ORGANIZER|ATTENDEE|URL)", sent, re.MULTILINE)


def test_what_a_room_says_in_words_never_gets_out() -> None:
    days = {TODAY: [Entry("meeting", TODAY, "Robin Finch at the MDT", "/mdt/1")]}
    sent = as_calendar(days, salt="x").decode()
    assert "SUMMARY:MDT meeting" in sent
    assert "Robin" not in sent
    with pytest.raises(ValueError, match="no such kind"):
        Entry("gossip", TODAY, "Robin")


def test_every_kind_has_words_of_its_own() -> None:
    assert all(kind.outside for kind in diary.KINDS.values())


def test_a_visit_stands_at_its_time_over_the_night_of_the_clocks(nia: Actor, _clock: Any) -> None:
    begins = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    sent = as_calendar({
        date(2026, 10, 25): [diary.timed("visit", begins, begins + timedelta(hours=2), "x")]
    }, salt="x")  # fmt: skip
    (event,) = events(sent)
    assert event["dtstart"].dt == begins
    assert event["dtend"].dt == begins + timedelta(hours=2)


def test_the_same_days_are_not_sent_twice(nia: Actor) -> None:
    secret = keys.make_key(by=nia)
    first = fetch(nia, secret)
    again = fetch(nia, secret, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    case = make_case(nia)
    Case.objects.filter(pk=case.pk).update(next_contact_on=TODAY)
    assert fetch(nia, secret, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_secret_is_kept_as_its_hash_and_shown_once(nia: Actor, client: Client) -> None:
    sign_in(client, nia)
    page = client.post(reverse("team:calendar")).content.decode()
    secret = re.search(r"/us/calendar/[0-9a-f-]{36}/([^/]+)/work.ics", page)[1]  # type: ignore[index]
    assert len(secret) >= 40
    assert secret not in str(CalendarKey.objects.values().get())
    assert secret not in client.get(reverse("team:calendar")).content.decode()
    assert fetch(nia, secret).status_code == 200


def test_a_new_address_ends_the_one_before_and_stopping_ends_all(
    nia: Actor, client: Client
) -> None:
    first = keys.make_key(by=nia)
    second = keys.make_key(by=nia)
    assert [fetch(nia, one).status_code for one in (first, second)] == [404, 200]
    sign_in(client, nia)
    client.post(reverse("team:stop_calendar"))
    assert fetch(nia, second).status_code == 404


def test_it_ends_with_the_role_and_with_the_account(nia: Actor) -> None:
    secret = keys.make_key(by=nia)
    assert fetch(nia, secret).status_code == 200
    Membership.objects.filter(pk=nia.membership.pk).update(ended_at=timezone.now())
    assert fetch(nia, secret).status_code == 404
    Membership.objects.filter(pk=nia.membership.pk).update(ended_at=None)
    User.objects.filter(pk=nia.user.pk).update(is_active=False)
    assert fetch(nia, secret).status_code == 404


def test_anothers_secret_opens_nothing(nia: Actor) -> None:
    ben = make_member(nia.service, Role.LEAD)
    mine, theirs = keys.make_key(by=nia), keys.make_key(by=ben)
    assert fetch(nia, theirs).status_code == fetch(ben, mine).status_code == 404
    nobody = make_member(nia.service, Role.LEAD)
    assert fetch(nobody, mine).status_code == 404


def test_wrong_tries_are_slowed_down(nia: Actor) -> None:
    secret = keys.make_key(by=nia)
    for _ in range(views.WRONG_TRIES):
        assert fetch(nia, "wrong").status_code == 404
    assert fetch(nia, "wrong").status_code == 429
    assert fetch(nia, secret).status_code == 429
    other = fetch(nia, secret, REMOTE_ADDR="10.9.8.7")
    assert other.status_code == 200, "somebody elsewhere is not slowed by it"


def test_it_is_recorded_once_a_day(nia: Actor, _clock: Any) -> None:
    secret = keys.make_key(by=nia)
    for _ in range(3):
        fetch(nia, secret)
    exported = AuditEntry.objects.filter(did="exported", user=nia.user)
    assert exported.count() == 1
    _clock.shift(timedelta(days=1))
    fetch(nia, secret)
    assert exported.count() == 2


def test_an_address_cannot_be_posted_to(nia: Actor) -> None:
    assert Client().post(address(nia, keys.make_key(by=nia))).status_code == 405
