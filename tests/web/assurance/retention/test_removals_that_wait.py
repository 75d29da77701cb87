"""A removal that was agreed and does not come about is seen: on the queue, and by the timetable."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.assurance.actions import retention
from openhiu.web.assurance.actions.retention import removing
from openhiu.web.assurance.actions.retention.removing import Round
from openhiu.web.assurance.actions.rights import note_request
from openhiu.web.assurance.management.commands import appraise_records
from openhiu.web.assurance.reminders import every
from openhiu.web.assurance.retention import waits
from support.web import make_member, make_service, sign_in
from support.web_casework import make_case
from support.web_retention import agreed, both, queued, years_later

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 11, 11, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, settings: Any) -> None:
    settings.HOME = tmp_path


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service(), Role.LEAD)


def test_the_queue_says_why_an_agreed_removal_waits_and_nothing_that_was_typed(lead: Actor) -> None:
    case = make_case(lead)
    manager, governance = both(lead.service)
    with years_later(8):
        row = agreed(queued(lead.service, case.person), manager, governance)
        waits.note(lead.service_id, [f"{row.reference}: It is held: Inquest of Ann Example."])
        there = reverse("assurance:retention")
        page = sign_in(Client(), manager).get(there).content.decode()
        assert "It waits: It is held." in page
        assert "Ann Example" not in page
        waits.note(lead.service_id, [])
        assert "It waits" not in sign_in(Client(), manager).get(there).content.decode()


def test_the_command_fails_once_a_removal_has_waited_for_three_days(
    lead: Actor, monkeypatch: Any
) -> None:
    told = Round(waiting=["K-1: The store cannot be written."])
    monkeypatch.setattr(appraise_records, "remove_due", lambda **_: told)
    for day in range(3):
        with time_machine.travel(BEGIN + timedelta(days=day), tick=False):
            call_command("appraise_records")
    with (
        time_machine.travel(BEGIN + timedelta(days=3), tick=False),
        pytest.raises(CommandError, match="not removed for days: K-1"),
    ):
        call_command("appraise_records")


def test_what_is_held_waits_for_years_and_fails_nothing_and_its_reference_is_not_printed(
    lead: Actor, monkeypatch: Any, capsys: Any
) -> None:
    held = Round(waiting=["K-1: It is held: Inquest of Ann Example."], lawful={"K-1"})
    monkeypatch.setattr(appraise_records, "remove_due", lambda **_: held)
    for day in (0, 3, 400):
        with time_machine.travel(BEGIN + timedelta(days=day), tick=False):
            call_command("appraise_records")
    printed = capsys.readouterr().out
    assert printed.count("waits: K-1: It is held.\n") == 3 and "Ann Example" not in printed
    fails = Round(waiting=["K-1: The store cannot be written."])
    monkeypatch.setattr(appraise_records, "remove_due", lambda **_: fails)
    for day in (401, 403):
        with time_machine.travel(BEGIN + timedelta(days=day), tick=False):
            call_command("appraise_records")
    with time_machine.travel(BEGIN + timedelta(days=404), tick=False), pytest.raises(CommandError):
        call_command("appraise_records")


def test_a_hold_and_an_open_request_are_no_fault_of_the_clock(
    lead: Actor, monkeypatch: Any
) -> None:
    case = make_case(lead)
    manager, governance = both(lead.service)
    with years_later(8):
        row = agreed(queued(lead.service, case.person), manager, governance)
        hold = retention.hold(by=governance, reference="INQ-3", reason="x", person=case.person,
                              review_on=timezone.localdate())  # fmt: skip
        told = Round()
        removing._one(row.pk, told)
        retention.lift(by=governance, held=hold, reason="Over.")
        note_request(by=governance, person=case.person, kind="access", words="x",
                     received_on=timezone.localdate(), received_how="letter")  # fmt: skip
        # That somebody asks is being in touch; for an erasure it would not take it out.
        monkeypatch.setattr(removing, "overtaken", lambda _row: False)
        removing._one(row.pk, told)
    assert len(told.waiting) == 2 and told.lawful == {row.reference}


def test_a_reminder_of_a_hold_says_nothing_that_was_typed(lead: Actor) -> None:
    from openhiu.web.assurance.models.retention import Hold

    _, governance = both(lead.service)
    Hold.objects.create(
        service=lead.service, person=make_case(lead).person, reference="Inquest of Ann Example",
        reason="x", review_on=BEGIN.date(), placed_by=governance.membership,
    )  # fmt: skip
    words = [one.words for one in every(lead.service_id) if one.key.startswith("hold:")]
    assert words == ["The hold of 11 November 2026 is to be looked at again"]
