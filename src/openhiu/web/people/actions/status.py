"""Died, and restricted details: both take effect at once, everywhere."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.people import doors, policies
from openhiu.web.people.actions.holding import held
from openhiu.web.people.contact_holds import DEATH, still_held
from openhiu.web.people.indexing import reindex
from openhiu.web.people.models import Person


@transaction.atomic
def mark_died(
    *, by: Actor, person: Person, on: date | None = None, registered: bool = False, heard: str = ""
) -> Person:
    """Say that someone died: nobody is in touch with them from now on, and their tasks end.

    `on` may be unknown. `registered` is a registered death; otherwise it was reported to us.
    `heard` is who told us.
    """
    row = held(Person, by, person.pk)
    policies.mark(by, row)
    if on and on > timezone.localdate():
        raise ValidationError({"on": "Date of death must be today or earlier"})
    return put_died(by, row, on=on, formal=registered, heard=heard)


def put_died(by: Actor, row: Person, *, on: date | None, formal: bool, heard: str) -> Person:
    """What follows from a death, whoever told of it; the row is held."""
    row.died, row.died_on = ("formal" if formal else "informal"), on
    row.status_note = heard.strip()
    _save(by, row, died=row.died)
    for act in doors.AT_DEATH:
        act(by, row)
    return row


@transaction.atomic
def clear_died(*, by: Actor, person: Person, reason: str) -> Person:
    """Say that a death was an error. Tasks that ended stay ended; rooms are told."""
    row = held(Person, by, person.pk)
    policies.clear_died(by, row)
    _need(reason)
    return put_alive(by, row, reason)


def put_alive(by: Actor, row: Person, reason: str) -> Person:
    """What follows where a death was an error, whoever found out; the row is held."""
    row.died, row.died_on, row.status_note = "", None, reason.strip()
    if row.contact_held == DEATH:  # what stopped contact was this death, unless a question is open
        row.contact_held = still_held(row.pk)
    _save(by, row, died="cleared", reason_given=True, held=row.contact_held or "released")
    for act in doors.AT_RETURN:
        act(by, row)
    return row


@transaction.atomic
def mark_restricted(*, by: Actor, person: Person, heard: str = "") -> Person:
    """Restrict someone's details: address, telephone and practice are shown nowhere from now on."""
    row = held(Person, by, person.pk)
    policies.mark(by, row)
    return put_restricted(by, row, heard)


def put_restricted(by: Actor, row: Person, heard: str) -> Person:
    """What follows from a restriction, whoever told of it; the row is held."""
    row.restricted, row.status_note = True, heard.strip()
    _save(by, row, restricted=True)
    return row


@transaction.atomic
def clear_restricted(*, by: Actor, person: Person, reason: str) -> Person:
    """Lift a restriction; the reason is kept with the history."""
    row = held(Person, by, person.pk)
    policies.clear_restricted(by, row)
    _need(reason)
    row.restricted, row.status_note = False, reason.strip()
    _save(by, row, restricted=False, reason_given=True)
    return row


def _save(by: Actor, row: Person, **detail: Any) -> None:
    row.version += 1
    row.save()
    reindex(row)
    record(by, Did.CHANGED, person=row, about=row, **detail)


def _need(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": "Enter the reason"})
