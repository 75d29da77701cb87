"""Consent first: the hospital asks whether the service may be in touch; the answer is kept."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.permissions import Permission
from openhiu.web.intake import policies
from openhiu.web.intake.models import Listed

ANSWERS = ("yes", "no", "not_now")


@transaction.atomic
def record_asked(*, by: Actor, row: Listed, asked_on: date) -> Listed:
    """Note that the hospital asked someone, on every row of theirs in the list."""
    return _note(by, row, asked_on=asked_on, asked_by=by.membership)


@transaction.atomic
def record_answer(*, by: Actor, row: Listed, answer: str, asked_on: date) -> Listed:
    """Note what they answered: "yes" lets the lead see who they are; anything else does not.

    Raises:
        NotAllowed: another answer, a list that is not consent first, or a role that cannot.
        Missing: no such row of this analyst's lists.
    """
    if answer not in ANSWERS:
        raise NotAllowed("Say what they answered: yes, no or not now.")
    return _note(by, row, asked_on=asked_on, asked_by=by.membership, asked_answer=answer)


def _note(by: Actor, row: Listed, **noted: object) -> Listed:
    policies.must_hold(by, Permission.ASK_FIRST)
    held = Listed.objects.select_related("received__gateway", "received__uploaded_by").filter(
        service=by.service,
        pk=row.pk,
        received__uploaded_by__organisation=by.organisation,
    )
    found = held.first()
    if found is None:
        raise Missing
    policies.must(policies.why_not_ask(found.received))
    if found.purged_at or not found.person_ref:
        raise NotAllowed("Who this is was emptied after the agreed time.")
    same_person(found).update(**noted)
    record(by, Did.RECORDED_CONSENT, about=found, answered=str(noted.get("asked_answer", "")))
    found.refresh_from_db()
    return found


def same_person(row: Listed) -> QuerySet[Listed]:
    """Every row of the same person in the same received list."""
    rows = Listed.objects.filter(service_id=row.service_id, received_id=row.received_id)
    return rows.filter(person_ref=row.person_ref) if row.person_ref else rows.filter(pk=row.pk)
