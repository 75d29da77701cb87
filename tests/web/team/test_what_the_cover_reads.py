"""The note for the cover keeps clients safe, says what comes first and why, and what is late."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.access.sealed import update_each
from openhiu.web.casework import actions as casework
from openhiu.web.casework import home
from openhiu.web.casework.models import Case
from openhiu.web.casework.presenters import covering as words
from openhiu.web.casework.queries import covering as found
from openhiu.web.casework.queries.noted import Noted
from openhiu.web.people.models import ContactSafety, Notice, Phone
from openhiu.web.people.safety import contact_rules
from openhiu.web.team.models import Leave
from support.web import make_member, make_service, make_team, sign_in
from support.web_casework import make_case
from support.web_team import book

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
# Sunday 22 November 2026; leave runs Monday 23 to Friday 27 November.
FIRST, LAST = date(2026, 11, 23), date(2026, 11, 27)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(datetime(2026, 11, 22, 10, tzinfo=LONDON), tick=False) as moved:
        yield moved


@pytest.fixture
def lead() -> Actor:
    service = make_service()
    return make_member(service, Role.LEAD, name="Bryn Lead", team=make_team(service))


@pytest.fixture
def hana(lead: Actor) -> Actor:
    return make_member(lead.service, Role.LEAD, name="Hana Peer", team=lead.team)


@pytest.fixture
def case(lead: Actor) -> Case:
    return make_case(lead, given_name="Robin", family_name="Finch")


def planned(lead: Actor, case: Case, **more: Any) -> ContactSafety:
    return ContactSafety.objects.create(
        service=lead.service, person=case.person, reviewed_by=lead.membership,
        reviewed_on=timezone.localdate(), **more,
    )  # fmt: skip


def number(lead: Actor, case: Case, said: str) -> None:
    Phone.objects.create(service=lead.service, person=case.person, number=said, label="Mobile")


def note_of(client: Client, lead: Actor, hana: Actor) -> str:
    leave = book(lead, FIRST, LAST, hana)
    there = reverse("casework:cover_note", args=[leave.pk])
    page = sign_in(client, hana).get(there).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def due(case: Case, day: date) -> Case:
    Case.objects.filter(pk=case.pk).update(next_contact_on=day)
    return case


def test_each_client_s_entry_says_how_to_be_in_touch_without_doing_harm(
    client: Client, lead: Actor, hana: Actor, case: Case
) -> None:
    planned(
        lead, case, safe_times="Weekdays before three", who_may_answer="Only Robin",
        code_phrase="The library rang", interpreter="BSL", accessible_needs=["lipreads"],
        accessible_note="Face the light", household="Their brother must not know", text="neutral",
    )  # fmt: skip
    number(lead, case, "07700 900123")
    Notice.objects.create(
        service=lead.service, person=case.person, kind="risk", words="Never alone in the flat",
        source="Police", review_on=LAST, ends_on=LAST, proposed_by=lead.membership,
        agreed_by=hana.membership, agreed_at=timezone.now(),
    )  # fmt: skip
    page = note_of(client, lead, hana)
    for said in (
        "07700 900123", "Weekdays before three", "Only Robin", "The library rang", "BSL",
        "Lipreads", "Face the light", "Their brother must not know", "Never alone in the flat",
        "Text messages: neutral words only", "Meet face to face, or send a text",
    ):  # fmt: skip
        assert said in page


def test_what_was_never_written_down_is_said(
    client: Client, lead: Actor, hana: Actor, case: Case
) -> None:
    planned(lead, case, safe_times="Any time")
    number(lead, case, "07700 900123")
    assert "Not written down: who may answer, a code phrase." in note_of(client, lead, hana)


def test_where_every_other_way_is_no_it_says_visit_only(
    client: Client, lead: Actor, hana: Actor, case: Case
) -> None:
    planned(lead, case)
    assert "Visit only" in note_of(client, lead, hana)  # no number, no voicemail, no letters


def test_a_notice_that_ran_out_or_nobody_agreed_does_not_stand_on_it(
    client: Client, lead: Actor, hana: Actor, case: Case
) -> None:
    planned(lead, case)
    row = {"service": lead.service, "person": case.person, "kind": "risk", "source": "x",
           "review_on": LAST, "proposed_by": lead.membership}  # fmt: skip
    agreed = {"agreed_by": hana.membership, "agreed_at": timezone.now()}
    gone = timezone.localdate() - timedelta(days=1)
    Notice.objects.create(words="Over by now", ends_on=gone, **agreed, **row)
    Notice.objects.create(words="Only proposed", ends_on=LAST, **row)
    page = note_of(client, lead, hana)
    assert "Over by now" not in page
    assert "Only proposed" not in page


def test_where_a_restricted_person_is_stands_nowhere_on_it(
    client: Client, lead: Actor, hana: Actor, case: Case
) -> None:
    planned(lead, case, safe_times="Weekdays before three")
    number(lead, case, "07700 900123")
    update_each(
        type(case.person).objects.filter(pk=case.person_id),
        restricted=True,
        address="1 Hidden Lane",
        postcode="ZZ1 1ZZ",
    )
    page = note_of(client, lead, hana)
    assert "Their details are restricted" in page
    assert "Visit only" not in page
    for place in ("07700 900123", "Hidden Lane", "ZZ1 1ZZ"):
        assert place not in page


def test_someone_who_died_has_no_way_and_no_number(
    client: Client, lead: Actor, hana: Actor, case: Case
) -> None:
    planned(lead, case, code_phrase="The library rang")
    number(lead, case, "07700 900123")
    leave = book(lead, FIRST, LAST, hana)
    (one,) = found.note(hana, leave)
    type(case.person).objects.filter(pk=case.person_id).update(died="formal")
    case.person.refresh_from_db()
    stopped = words.noted(Noted(case, contact_rules(case.person)))
    assert one.rules.plan is not None
    assert (stopped.safety.facts, stopped.safety.ways) == ((), ())
    assert "Do not contact them" in stopped.safety.first[0]


def test_ordinary_contacts_are_folded_and_what_is_first_says_why(
    client: Client, lead: Actor, hana: Actor
) -> None:
    ordinary = due(make_case(lead, given_name="Ora"), date(2026, 11, 25))
    late = due(make_case(lead, given_name="Lea"), date(2026, 11, 20))
    task = due(make_case(lead, given_name="Tam"), date(2027, 2, 1))
    steady = due(make_case(lead, given_name="Sten"), date(2027, 2, 1))
    casework.add_task(by=lead, words="Ring housing", case=task, due_on=date(2026, 6, 16))
    noted = found.note(hana, book(lead, FIRST, LAST, hana))
    assert [one.case for one in noted] == [task, late, ordinary, steady]
    assert [one.pressing for one in noted] == [True, True, False, False]
    lines = [words.noted(one) for one in noted]
    assert lines[0].to_do == ("Ring housing, by 16 June 2026, late",)
    assert lines[0].why == "A task is late."
    assert lines[1].why == "The contact is late."
    assert lines[1].contact == "Next contact by 20 November 2026, late"
    page = sign_in(client, hana).get(
        reverse("casework:cover_note", args=[_leave(lead)])
    ).content.decode()  # fmt: skip
    assert "Look at these first (2)" in page
    first, rest = page.split("Ordinary contacts in these days (1)")
    assert "Lea" in first
    assert "Ora" not in first
    assert "<details" in first.rpartition("</section>")[2]
    assert "Ora" in rest


def _leave(lead: Actor) -> Any:
    return Leave.objects.get(member=lead.membership).pk


def test_before_it_begins_the_home_of_the_cover_says_so_in_its_own_place(
    client: Client, lead: Actor, hana: Actor, case: Case
) -> None:
    make_case(lead)
    book(lead, FIRST, LAST, hana)
    (line,) = home.gather(hana)["cover"]  # the Sunday before
    assert line.text == "You cover Bryn Lead from Monday 23 November: 2 clients"
    assert not [one for one in home.gather(hana).needs if "cover" in one.text]
    assert line.text in sign_in(client, hana).get("/").content.decode()
    with time_machine.travel(datetime(2026, 11, 23, 10, tzinfo=LONDON)):
        assert home.gather(hana)["cover"][0].text == "You cover Bryn Lead: 2 clients"
