"""Who may change schedules, hold records, appraise them; the sentence why not."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import BreakGlass, Role
from openhiu.web.access.permissions import Permission, may
from openhiu.web.assurance.models.disclosures import Disclosure
from openhiu.web.assurance.models.retention import Appraisal, RetentionRules
from openhiu.web.assurance.models.rights import RightsRequest
from openhiu.web.assurance.retention.standing import held
from openhiu.web.casework.models import FollowUp, SharedWithoutConsent
from openhiu.web.people.models import Person

_STATE = Appraisal.State


def must(why_not: str) -> None:
    """Refuse with the sentence, if there is one."""
    if why_not:
        raise NotAllowed(why_not)


def why_not_appraise(by: Actor) -> str:
    """Why this role does not appraise, or nothing."""
    if not may(by.role, Permission.APPRAISE_RECORD):
        return "Records are appraised by the service manager and information governance."
    return ""


def why_not_hold(by: Actor) -> str:
    """Why this role does not hold records, or nothing."""
    if not may(by.role, Permission.HOLD_RECORD):
        return "Records are held by information governance."
    return ""


def why_not_write_rules(by: Actor) -> str:
    """Schedules are written by the service manager."""
    if not by.is_(Role.SUPERVISOR):
        return "Schedules are written by the service manager; information governance agrees."
    waiting = RetentionRules.objects.filter(service=by.service_id, decided_at=None)
    return "A change is already waiting for information governance." if waiting.exists() else ""


def why_not_decide_rules(by: Actor, rules: RetentionRules) -> str:
    """Another person of information governance agrees to them."""
    if not by.is_(Role.AUDITOR):
        return "Information governance agrees to schedules."
    if rules.made_by.user_id == by.user.pk:
        return "Someone else than who wrote them agrees."
    return "This has been decided." if rules.decided_at else ""


def why_not_propose(by: Actor, appraisal: Appraisal) -> str:
    """Why a first decision cannot be made now."""
    if why := why_not_appraise(by):
        return why
    if appraisal.state != _STATE.WAITING:
        return f"This one is no longer waiting: {appraisal.get_state_display().lower()}."
    return ""


def why_not_remove(appraisal: Appraisal) -> str:
    """What stands against removing it now: a hold, a request that is open, a record that moved."""
    person = Person.objects.filter(service=appraisal.service_id, pk=appraisal.about).first()
    if person is None or person.forgotten_at:
        return "The record has been removed already."
    if person.merged_into_id:
        return "The record was joined with another one since. It is due with that one."
    holds = held(appraisal.service_id, appraisal.records or [person.pk], appraisal.record_class)
    if holds:
        return "It is held: " + "; ".join(hold.reference for hold in holds) + "."
    requests = RightsRequest.objects.filter(
        service=appraisal.service_id, person__in=appraisal.records or [person.pk], closed_at=None
    ).exclude(kind=RightsRequest.Kind.ERASURE)
    if requests.exists():
        return "Somebody asked about this record and has not had their answer yet."
    return ""


def why_open(service_id: UUID, records: Collection[UUID]) -> str:
    """That something about it is not ended or not looked at yet; the database asks the same.

    Asked when it is removed and not when that is decided. It does not say what: whoever decides
    about an erasure need not know that there is a worry.
    """
    here: dict[str, Any] = {"service": service_id}
    followed = Q(concern__person__in=records) | Q(shared__person__in=records)
    theirs = {**here, "reviewed_at": None, "person__in": records}
    waiting = (
        FollowUp.objects.filter(followed, **here, closed_at=None),
        SharedWithoutConsent.objects.filter(**theirs),
        Disclosure.objects.filter(**theirs),
        BreakGlass.objects.filter(**here, reviewed_at=None, person_id__in=records),
    )
    if any(rows.exists() for rows in waiting):
        return "Something about it has to be ended or looked at first."
    return ""


def why_not_confirm(by: Actor, appraisal: Appraisal) -> str:
    """A second, different person confirms; the same person in another role is no second one."""
    if why := why_not_appraise(by):
        return why
    if appraisal.state != _STATE.PROPOSED or appraisal.proposed_by is None:
        return "There is nothing to confirm."
    if appraisal.proposed_by.user_id == by.user.pk:
        return "You decided first. Somebody else has to confirm."
    return why_not_remove(appraisal) if appraisal.decision == Appraisal.Decision.REMOVE else ""


def why_not_take_back(by: Actor, appraisal: Appraisal) -> str:
    """Until it is removed, either of the two roles can take a decision back."""
    if why := why_not_appraise(by):
        return why
    if appraisal.state not in (_STATE.PROPOSED, _STATE.COOLING):
        return "There is nothing to take back."
    return ""


def why_not_keep_until(until: Any) -> str:
    """A day that lies ahead."""
    if until is None or until <= timezone.localdate():
        return "Enter a day ahead until which it is kept."
    return ""
