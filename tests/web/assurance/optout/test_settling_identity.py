"""Who may settle what a trace asked, and that no stop of contact is left that nobody can lift."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Role
from openhiu.web.people import actions
from openhiu.web.people.models import IdentityQuestion, Person
from openhiu.web.people.safety import contact_rules
from openhiu.web.people.trace_file import COLUMNS
from support.web import make_member, make_service, sign_in
from support.web_people import make_person, nhs_number

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 1)
NUMBER = nhs_number(71004)


@pytest.fixture
def boss() -> Actor:
    return make_member(make_service(), Role.SUPERVISOR)


@pytest.fixture
def person(boss: Actor) -> Person:
    return make_person(make_member(boss.service, Role.LEAD), nhs_number=NUMBER)


def bring(by: Actor, person: Person, day: int, status: str = "current", death: str = "") -> None:
    row = f"{person.pk},{DAY + timedelta(days=day)},{status},,no,{death},"
    actions.take_in_reply(by=by, data=f"{','.join(COLUMNS)}\n{row}\n".encode())


def analyst_of(boss: Actor) -> Actor:
    return make_member(boss.service, Role.ANALYST)


def supervising(analyst: Actor) -> Actor:
    """The same human being with another role."""
    return make_member(analyst.service, Role.SUPERVISOR, user=analyst.user)


def settle(by: Actor, question: IdentityQuestion, **said: Any) -> IdentityQuestion:
    question.refresh_from_db()
    told = {"version": question.version, "note": "Rang the practice.", "release": False, **said}
    return actions.settle_question(by=by, question=question, **told)


def blocked(person: Person) -> str:
    return contact_rules(Person.objects.get(pk=person.pk)).blocked


def test_who_brought_a_later_trace_of_an_open_question_does_not_settle_it(
    boss: Actor, person: Person
) -> None:
    first, second, before = (analyst_of(boss) for _ in range(3))
    bring(before, person, 1)  # long before anything was asked
    bring(first, person, 2, "invalid")
    bring(second, person, 3)  # "the number is right", said by the second file
    (question,) = IdentityQuestion.objects.all()
    for analyst in (first, second):
        with pytest.raises(NotAllowed, match="You brought this answer"):
            settle(supervising(analyst), question, release=True)
    assert "in doubt" in blocked(person)
    settle(supervising(before), question, release=True)
    assert not blocked(person)


@pytest.mark.parametrize(("status", "death"), [("invalid", ""), ("current", "2")])
def test_where_contact_stays_stopped_the_question_stays_open(
    boss: Actor, person: Person, status: str, death: str
) -> None:
    bring(analyst_of(boss), person, 1, status, death)
    question = settle(boss, IdentityQuestion.objects.get(), note="They ring back.")
    assert question.settled_at is None and "They ring back." in question.note
    assert blocked(person)
    assert settle(boss, question, release=True).settled_at
    assert not blocked(person)


def test_a_later_trace_keeps_what_was_found_meanwhile(boss: Actor, person: Person) -> None:
    analyst = analyst_of(boss)
    bring(analyst, person, 1, death="1")
    question = settle(boss, IdentityQuestion.objects.get(), note="They ring back.")
    bring(analyst, person, 2, death="2")
    question.refresh_from_db()
    assert question.note.startswith("The trace says that their death was registered")
    assert "They ring back." in question.note


def test_a_death_that_was_marked_and_was_an_error_stops_contact_no_longer(
    boss: Actor, person: Person
) -> None:
    bring(analyst_of(boss), person, 1, death="2")
    question = IdentityQuestion.objects.get()
    actions.mark_died(by=boss, person=person)
    assert settle(boss, question).settled_at, "they are marked as died: nothing waits"
    actions.clear_died(by=boss, person=person, reason="It was somebody else.")
    assert not blocked(person)


def test_while_a_question_is_open_correcting_a_death_does_not_let_contact_go_on(
    boss: Actor, person: Person
) -> None:
    bring(analyst_of(boss), person, 1, death="1")
    actions.mark_died(by=boss, person=person)
    actions.clear_died(by=boss, person=person, reason="It was somebody else.")
    assert "that they died" in blocked(person)
    settle(boss, IdentityQuestion.objects.get(), release=True)
    assert not blocked(person)


@pytest.mark.parametrize(("hold", "status"), [("number", "invalid"), ("death", "current")])
def test_a_stop_that_was_left_without_a_question_is_asked_about_anew(
    boss: Actor, person: Person, hold: str, status: str
) -> None:
    """Questions settled with "No" by an earlier version left such people."""
    Person.objects.filter(pk=person.pk).update(contact_held=hold)
    bring(analyst_of(boss), person, 1, status)
    (question,) = IdentityQuestion.objects.all()
    assert "nobody has said since" in question.note
    settle(boss, question, release=True)
    assert not blocked(person)


def test_the_page_says_that_a_no_leaves_it_open(
    boss: Actor, person: Person, client: Client
) -> None:
    bring(analyst_of(boss), person, 1, "invalid")
    (question,) = IdentityQuestion.objects.all()
    sign_in(client, boss)
    address = reverse("assurance:identity_question", args=[question.pk])
    assert "this stays in the list" in client.get(address).content.decode()
    sent = {"release": "no", "note": "They ring back.", "version": question.version}
    assert client.post(address, sent).status_code == 302
    assert "They ring back." in client.get(address).content.decode()
