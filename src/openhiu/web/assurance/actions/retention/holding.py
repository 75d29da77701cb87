"""Holding records for a court or an inquiry, and letting them go again."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.assurance.models.retention import Hold
from openhiu.web.assurance.policies import retention as policies
from openhiu.web.assurance.retention.classes import CLASSES, EVERY
from openhiu.web.people.actions.holding import held as locked
from openhiu.web.people.models import Person


@transaction.atomic
def hold(
    *,
    by: Actor,
    reference: str,
    reason: str,
    review_on: date,
    person: Person | None = None,
    record_class: str = "",
) -> Hold:
    """Hold one person's record, or a whole class ("every": all of the service), until lifted.

    Raises:
        NotAllowed: not theirs to hold, or the record is gone.
        ValidationError: no reference or reason, or neither a person nor a class.
    """
    policies.must(policies.why_not_hold(by))
    if not reference.strip() or not reason.strip():
        raise ValidationError("Enter the reference of the court or inquiry, and why.")
    if (person is None) == (not record_class) or record_class not in ("", EVERY, *CLASSES):
        raise ValidationError("Choose one record or one class.")
    if person is not None and person.forgotten_at:
        raise NotAllowed("The record has been removed already.")
    placed = Hold.objects.create(
        service=by.service, person=person, record_class=record_class, reference=reference.strip(),
        reason=reason.strip(), review_on=review_on, placed_by=by.membership,
    )  # fmt: skip
    record(by, Did.HELD, person=person, about=placed, record_class=record_class)
    return placed


@transaction.atomic
def lift(*, by: Actor, held: Hold, reason: str) -> Hold:
    """Lift a hold: what it covered is due again when its time has come.

    Raises:
        NotAllowed: not theirs, or lifted already.
        ValidationError: no reason.
    """
    policies.must(policies.why_not_hold(by))
    row = locked(Hold, by, held.pk)
    if row.lifted_at:
        raise NotAllowed("This hold has been lifted already.")
    if not reason.strip():
        raise ValidationError("Enter why it can be lifted.")
    row.lifted_by, row.lifted_at, row.lifted_reason = by.membership, timezone.now(), reason.strip()
    row.save()
    record(by, Did.LIFTED, person=row.person_id, about=row)
    return row
