"""One page a team: checks, registrations, training, supervision and the right to see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import unseen
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Role
from openhiu.web.access.row_security import set_service
from openhiu.web.assurance.actions.registrations import note_registration, take_back
from openhiu.web.assurance.models import Registration
from openhiu.web.assurance.presenters.staff_register import Cell, by_team
from openhiu.web.assurance.queries import staff_register as queries
from openhiu.web.team.actions import care as noting
from support.web import make_member, make_service, make_team, sign_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 11)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(datetime(2026, 11, 11, 10, tzinfo=UTC), tick=False) as moved:
        yield moved


@pytest.fixture
def nia(clock: Any) -> Actor:
    service = make_service()
    return make_member(service, Role.LEAD, name="Nia Evans", team=make_team(service))


@pytest.fixture
def bea(nia: Actor) -> Actor:
    return make_member(nia.service, Role.SUPERVISOR, name="Bea Boss", team=nia.team)


@pytest.fixture
def ivo(nia: Actor) -> Actor:
    return make_member(nia.service, Role.AUDITOR, name="Ivo Guard")


def cells(by: Actor, of: Actor) -> dict[str, Cell]:
    for _, rows in by_team(queries.lines(by), by):
        for row in rows:
            if row.row.member.pk == of.membership.pk:
                return dict(row.cells)
    raise AssertionError("not in the register")


def registered(by: Actor, of: Actor, until: date, **more: Any) -> Registration:
    given = {"body": "nmc", "last_four": "12AB", "checked_on": TODAY, **more}
    return note_registration(by=by, member=of.membership, expires_on=until, **given)


def checked(by: Actor, of: Actor, on: date) -> None:
    noting.note_check(by=by, member=of.membership, issued_on=on, checked_on=on)


def told(actor: Actor) -> list[str]:
    call_command("remind_assurance", verbosity=0)
    set_service(actor.service_id)
    return [one.words for one in unseen(actor)]


# --- in date, due, overdue ---


def test_a_check_that_was_never_noted_is_not_in_date(nia: Actor, bea: Actor, clock: Any) -> None:
    clock.shift(timedelta(days=2))
    assert cells(bea, nia)["DBS check"].tag == ("Not noted", "red")


@pytest.mark.parametrize(
    ("on", "tag"),
    [
        (date(2026, 11, 1), ("In date", "green")),
        (date(2025, 12, 20), ("Due soon", "yellow")),  # due 20 December: within 60 days
        (date(2025, 11, 1), ("Overdue", "red")),
    ],
)
def test_a_check_is_shown_in_a_word_and_a_colour(
    nia: Actor, bea: Actor, on: date, tag: tuple[str, str]
) -> None:
    checked(bea, nia, on)
    assert cells(bea, nia)["DBS check"].tag == tag


@pytest.mark.parametrize(
    ("until", "tag"),
    [
        (date(2027, 6, 1), ("In date", "green")),
        (date(2027, 1, 10), ("Due soon", "yellow")),  # 60 days
        (date(2026, 11, 11), ("Due soon", "yellow")),  # its last day is still good
        (date(2026, 11, 10), ("Overdue", "red")),
    ],
)
def test_a_registration_is_shown_in_a_word_and_a_colour(
    nia: Actor, ivo: Actor, until: date, tag: tuple[str, str]
) -> None:
    registered(ivo, nia, until)
    cell = cells(ivo, nia)["Registration"]
    assert cell.tag == tag
    assert "Nursing and Midwifery Council, number ends 12AB" in cell.words


def test_who_has_no_second_factor_is_seen_at_a_glance(nia: Actor, bea: Actor) -> None:
    assert cells(bea, nia)["Second factor"].tag == ("None yet", "red")
    Authenticator.objects.create(user=nia.user, type="webauthn", data={})
    Authenticator.objects.create(user=nia.user, type="recovery_codes", data={})
    assert cells(bea, nia)["Second factor"] == Cell(("In use", "green"), "passkey")


def test_a_role_that_nobody_confirmed_is_shown_as_overdue_and_then_as_resting(
    nia: Actor, bea: Actor, clock: Any
) -> None:
    assert cells(bea, nia)["Access confirmed"].tag == ("In date", "green")
    clock.shift(timedelta(days=95))
    cell = cells(bea, nia)["Access confirmed"]
    assert cell.tag == ("Overdue", "red")
    assert "Rests from 23 February 2027" in cell.words
    clock.shift(timedelta(days=10))
    assert cells(bea, nia)["Access confirmed"].tag == ("Rests", "red")


def test_nobody_is_asked_for_checks_who_works_with_no_clients(bea: Actor, ivo: Actor) -> None:
    assert cells(ivo, ivo)["DBS check"].tag == ("Not asked", "grey")


# --- who sees it, and who notes ---


def test_a_supervisor_sees_their_team_and_those_of_none(nia: Actor, bea: Actor, ivo: Actor) -> None:
    far = make_member(nia.service, Role.LEAD, team=make_team(nia.service, "South"))
    shown = {line.member.pk for line in queries.lines(bea)}
    assert shown == {nia.membership.pk, bea.membership.pk, ivo.membership.pk}
    assert far.membership.pk in {line.member.pk for line in queries.lines(ivo)}


def test_the_page_shows_teams_names_and_words(client: Client, nia: Actor, bea: Actor) -> None:
    page = sign_in(client, bea).get(reverse("assurance:staff_register")).content.decode()
    for words in ("North", "Nia Evans", "None yet", "DBS check"):
        assert words in page
    assert reverse("assurance:note_registration", args=[bea.membership.pk]) not in page


def test_a_lead_does_not_see_it(client: Client, nia: Actor) -> None:
    assert sign_in(client, nia).get(reverse("assurance:staff_register")).status_code == 403


def test_ones_own_registration_is_looked_up_by_somebody_else(bea: Actor, ivo: Actor) -> None:
    with pytest.raises(NotAllowed, match="Somebody else"):
        registered(bea, bea, date(2027, 6, 1))
    row = registered(ivo, bea, date(2027, 6, 1))
    with pytest.raises(NotAllowed, match="Somebody else"):
        take_back(by=bea, row=row)


@pytest.mark.parametrize("figures", ["12345", "12 4", "1-34"])
def test_no_more_than_four_figures_of_a_number_are_kept(
    nia: Actor, ivo: Actor, figures: str
) -> None:
    with pytest.raises(NotAllowed, match="last four"):
        registered(ivo, nia, date(2027, 6, 1), last_four=figures)


def test_another_body_is_named(nia: Actor, ivo: Actor) -> None:
    with pytest.raises(NotAllowed, match="which register"):
        registered(ivo, nia, date(2027, 6, 1), body="other")
    registered(ivo, nia, date(2027, 6, 1), body="other", body_words="Coaching Body")
    assert "Coaching Body" in cells(ivo, nia)["Registration"].words


def test_what_was_noted_in_error_counts_no_more_and_stays(nia: Actor, ivo: Actor) -> None:
    row = registered(ivo, nia, date(2027, 6, 1))
    take_back(by=ivo, row=row)
    assert cells(ivo, nia)["Registration"].tag == ("None noted", "grey")
    assert Registration.objects.get(pk=row.pk).error_at is not None


# --- reminders ---


def test_worker_and_supervisor_are_told_before_a_registration_runs_out(
    nia: Actor, bea: Actor, clock: Any
) -> None:
    registered(bea, nia, date(2027, 1, 10))  # 60 days on
    assert "Your professional registration runs out in 60 days." in told(nia)
    assert "A professional registration in the team runs out in 60 days." in told(bea)
    clock.move_to(datetime(2027, 1, 9, 10, tzinfo=UTC))
    assert "Your professional registration runs out tomorrow." in told(nia)


def test_a_renewed_registration_is_not_told_of(nia: Actor, bea: Actor) -> None:
    registered(bea, nia, date(2026, 11, 20), checked_on=date(2026, 11, 1))
    registered(bea, nia, date(2027, 11, 20))
    assert not [words for words in told(nia) if "registration" in words]


def test_a_training_that_ends_is_told_to_worker_and_supervisor_before(
    nia: Actor, bea: Actor
) -> None:
    noting.note_training(
        by=nia, member=nia.membership, subject="data_security", done_on=date(2025, 11, 18)
    )  # counts for 12 months
    assert "Your data security awareness is due in 7 days." in told(nia)
    assert "Training of somebody in the team is due in 7 days." in told(bea)


def test_a_dbs_check_is_told_of_by_the_teams_room_alone(nia: Actor, bea: Actor) -> None:
    checked(bea, nia, date(2025, 11, 18))
    assert not [words for words in told(nia) + told(bea) if "DBS" in words]
