"""A lead's copy for when it is down: sealed, about their own people, recorded for each of them.

It is opened here as the file says itself (PBKDF2 of the password, then AES-GCM), by other code than
the page's own script, which the journey drives in a browser.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.test import Client
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.access.sealed import update_each
from openhiu.web.casework import actions as casework
from openhiu.web.casework.actions import handing_out
from openhiu.web.casework.actions.visits import plan_visit
from openhiu.web.casework.downtime import HOURS, seal_page
from openhiu.web.casework.models import Case, Consent, Plan
from openhiu.web.people.actions import change_person, mark_died, mark_restricted
from openhiu.web.people.models import Person, Phone
from support.web import make_member, make_service, make_team, sign_in
from support.web_casework import make_case
from support.web_people import make_plan
from support.web_team import book

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 23, 8, 40, tzinfo=LONDON)
PASSWORD = "kettle harbour violin moss"
THERE = "casework:downtime"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


@pytest.fixture
def lead() -> Actor:
    service = make_service()
    return make_member(service, Role.LEAD, name="Bryn Lead", team=make_team(service))


@pytest.fixture
def case(lead: Actor) -> Case:
    made = make_case(lead, given_name="Robin", family_name="Finch")
    make_plan(lead, made.person, code_phrase="The library rang")
    Phone.objects.create(service=lead.service, person=made.person, number="07700 900123")
    update_each(
        Plan.objects.filter(case=made), what_matters="Her garden", people_to_call="Jo next door",
        come_if="The chest pain comes back",
    )  # fmt: skip
    return made


def sealed_in(text: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="sealed">(.*?)</script>', text, re.S)
    assert found is not None
    told: dict[str, Any] = json.loads(found[1])
    return told


def opened(text: str, password: str = PASSWORD, **changed: str) -> str:
    """What is in a file, for whoever has the password; `changed` was tampered with."""
    told = sealed_in(text) | changed
    salt, nonce, inside = (base64.b64decode(told[key]) for key in ("salt", "nonce", "inside"))
    key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, told["rounds"], 32)
    about = f"{told['made']} {told['until']}".encode()
    return AESGCM(key).decrypt(nonce, inside, about).decode()


def taken(by: Actor) -> str:
    """The words of a copy, without its marks."""
    page = opened(casework.take_downtime_copy(by=by, password=PASSWORD))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def going(lead: Actor, case: Case, when: datetime) -> None:
    """A visit of an hour."""
    buddy = make_member(lead.service, Role.LEAD, team=lead.team)
    plan_visit(
        by=lead, buddy=buddy.membership, starts_at=when, minutes=60, phone="07700 900999",
        where="At the library", case=case,
    )  # fmt: skip


def lives_at_mill_lane(lead: Actor, case: Case) -> None:
    place = {"address": "12 Mill Lane", "postcode": "ZZ99 3AA"}
    change_person(by=lead, person=case.person, version=case.person.version, **place)


def test_it_says_how_to_be_in_touch_safely_what_matters_and_when_to_come(
    lead: Actor, case: Case
) -> None:
    words = taken(lead)
    for said in ("Robin Finch", "07700 900123", "The library rang", "Her garden", "Jo next door",
                 "The chest pain comes back", "As it was on 23 Nov, 08:40", "until 26 Nov, 08:40",
                 "For Bryn Lead"):  # fmt: skip
        assert said in words


def test_nothing_of_it_can_be_read_without_the_password(lead: Actor, case: Case) -> None:
    text = casework.take_downtime_copy(by=lead, password=PASSWORD)
    for said in ("Robin", "Finch", "900123", "garden", "Bryn", lead.service.name, PASSWORD):
        assert said not in text
    with pytest.raises(InvalidTag):
        opened(text, "kettle harbour violin mosS")


def test_until_when_it_can_be_read_cannot_be_moved(lead: Actor, case: Case) -> None:
    text = casework.take_downtime_copy(by=lead, password=PASSWORD)
    until = datetime.fromisoformat(sealed_in(text)["until"])
    assert until == NOW + timedelta(hours=HOURS)
    with pytest.raises(InvalidTag):
        opened(text, until=(until + timedelta(days=30)).isoformat())


def test_two_copies_with_one_password_share_neither_salt_nor_nonce() -> None:
    pages = [seal_page("<p>x</p>", PASSWORD, made=NOW, until=NOW) for _ in range(2)]
    one, two = map(sealed_in, pages)
    assert one["rounds"] >= 600_000
    assert all(one[key] != two[key] for key in ("salt", "nonce", "inside"))


def test_it_is_about_those_one_answers_for_and_nobody_else(lead: Actor, case: Case) -> None:
    peer = make_member(lead.service, Role.LEAD, name="Hana Peer", team=lead.team)
    make_case(peer, given_name="Wren", family_name="Thrush")
    stopped = make_case(lead, given_name="Piers", family_name="Dunnock")
    casework.withdraw(by=lead, consent=Consent.objects.get(person=stopped.person))
    died = make_case(lead, given_name="Merle", family_name="Plover")
    mark_died(by=lead, person=died.person, registered=True)
    words = taken(lead)
    assert "Robin Finch" in words
    for name in ("Thrush", "Dunnock", "Plover"):
        assert name not in words


def test_a_colleague_s_client_whom_one_covers_is_in_it_and_marked(lead: Actor, case: Case) -> None:
    peer = make_member(lead.service, Role.LEAD, name="Hana Peer", team=lead.team)
    make_case(peer, given_name="Wren", family_name="Thrush")
    assert "Thrush" not in taken(lead)
    book(peer, NOW.date(), NOW.date(), lead)
    words = taken(lead)
    assert "Wren Thrush" in words
    assert words.count("Covering for Hana Peer") == 1


def test_it_says_where_somebody_lives_and_when_they_were_born(lead: Actor, case: Case) -> None:
    lives_at_mill_lane(lead, case)
    words = taken(lead)
    assert "Lives at: 12 Mill Lane, ZZ99 3AA" in words
    assert "Born: 3 February 1980" in words


def test_where_somebody_hidden_lives_does_not_leave_with_it(lead: Actor, case: Case) -> None:
    lives_at_mill_lane(lead, case)
    going(lead, case, NOW + timedelta(hours=2))
    esther = make_member(lead.service, Role.SUPERVISOR, team=lead.team)
    mark_restricted(by=esther, person=case.person)
    words = taken(lead)
    assert "Robin Finch" in words
    assert "Their details are restricted" in words
    for said in ("900123", "Lives at", "Mill Lane", "ZZ99", "At the library", "Jo next door"):
        assert said not in words


def test_who_has_no_contact_safety_plan_is_not_called_from_a_copy(lead: Actor) -> None:
    make_case(lead, given_name="Robin", family_name="Finch")
    assert "Do not call, text, write or visit from this copy" in taken(lead)


def test_when_to_come_and_who_answers_by_night_are_never_left_out(lead: Actor) -> None:
    made = make_case(lead, given_name="Robin", family_name="Finch")
    make_plan(lead, made.person)
    type(lead.service).objects.filter(pk=lead.service_id).update(out_of_hours="Ring the hub, 01632")
    lead.service.refresh_from_db()
    words = taken(lead)
    assert "Come to A&amp;E or call 999 if: their life or " in words
    assert "Ring the hub, 01632" in words
    assert "Samaritans: 116 123" in words


def test_a_worry_nobody_has_answered_stands_in_its_own_words(lead: Actor, case: Case) -> None:
    said = {"words": "Milk stands at the door", "call_back": "Neighbour, 07700 900456"}
    casework.raise_concern(by=lead, person=case.person, **said)
    assert "Milk stands at the door (ring back: Neighbour, 07700 900456)" in taken(lead)


def test_visits_of_the_three_days_are_in_it_with_their_place(lead: Actor, case: Case) -> None:
    going(lead, case, NOW + timedelta(hours=2))
    going(lead, case, NOW + timedelta(days=1))
    words = taken(lead)
    assert "23 Nov, 10:40 to 11:40: Robin Finch" in words, "with its day: it is read tomorrow too"
    assert "24 Nov, 08:40 to 09:40: Robin Finch At the library" in words
    assert "07700 900999" not in words, "the lead's own number"


def test_nobody_is_sent_to_somebody_whom_nobody_may_contact(lead: Actor, case: Case) -> None:
    going(lead, case, NOW + timedelta(hours=2))
    Person.objects.filter(pk=case.person_id).update(contact_held="death")
    words = taken(lead)
    assert "23 Nov, 10:40 to 11:40: Robin Finch A trace says that they died" in words
    assert "At the library" not in words
    assert words.index("Do not contact") < words.index("Who is in it")


def test_of_somebody_nobody_may_contact_now_it_says_that_and_no_more(
    lead: Actor, case: Case
) -> None:
    Person.objects.filter(pk=case.person_id).update(contact_held="number")
    words = taken(lead)
    assert "Do not contact Robin Finch Their NHS number is in doubt" in words
    for said in ("900123", "Her garden", "The library rang"):
        assert said not in words


def test_it_names_days_as_it_is_read_on_another_day_than_it_was_made(
    lead: Actor, case: Case, clock: Any
) -> None:
    casework.raise_concern(by=lead, person=case.person, words="Not seen", urgent=True)
    clock.shift(timedelta(days=1))
    words = taken(lead)
    assert "Urgent: a worry raised 23 Nov, not answered" in words
    assert "yesterday" not in words.lower()


def test_taking_it_is_recorded_for_each_person_in_it(lead: Actor, case: Case) -> None:
    make_case(lead)
    casework.take_downtime_copy(by=lead, password=PASSWORD)
    rows = AuditEntry.objects.filter(did=Did.EXPORTED, person_id__isnull=False)
    assert rows.count() == 2
    assert case.person_id in {row.person_id for row in rows}
    assert all(row.detail["what"] == "downtime copy" for row in rows)


def test_what_cannot_be_recorded_is_not_handed_out(
    lead: Actor, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_told: Any, **_more: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(handing_out, "record", full)
    with pytest.raises(OSError, match="full"):
        casework.take_downtime_copy(by=lead, password=PASSWORD)


def test_with_nobody_to_take_along_there_is_no_copy(client: Client, lead: Actor) -> None:
    with pytest.raises(NotAllowed, match="You support nobody"):
        casework.take_downtime_copy(by=lead, password=PASSWORD)
    page = sign_in(client, lead).get(reverse(THERE)).content.decode()
    assert "there is nobody to take along" in page


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("short", "short", "must be 15 characters or more"),
        (PASSWORD, "kettle harbour violin mist", "The two passwords are not the same"),
        ("the one I sign in with", "the one I sign in with", "another one than you sign in with"),
    ],
)
def test_a_password_that_would_not_keep_it_is_refused_and_nothing_is_recorded(
    client: Client, lead: Actor, case: Case, password: str, again: str, said: str
) -> None:
    lead.user.set_password("the one I sign in with")
    lead.user.save()
    answer = sign_in(client, lead).post(reverse(THERE), {"password": password, "password2": again})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert password not in answer.content.decode()
    assert not AuditEntry.objects.filter(did=Did.EXPORTED).exists()


def test_it_comes_as_a_file_that_is_kept_nowhere_on_the_way(
    client: Client, lead: Actor, case: Case
) -> None:
    said = {"password": PASSWORD, "password2": PASSWORD}
    answer = sign_in(client, lead).post(reverse(THERE), said)
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="when-it-is-down-2026-11-23.html"'
    assert "no-store" in answer["Cache-Control"]
    assert "Robin Finch" in opened(answer.content.decode())
