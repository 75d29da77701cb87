"""Records whose time has come: found by the clock, decided by one person, confirmed by another."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access import resting
from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed, Stale
from openhiu.web.access.models import Membership, Role, Service
from openhiu.web.assurance.models.retention import Appraisal
from openhiu.web.assurance.policies import retention as policies
from openhiu.web.assurance.retention.mentions import places_naming
from openhiu.web.assurance.retention.standing import Standing, rules_of, standing_of, standings
from openhiu.web.people.actions.holding import held as locked
from openhiu.web.people.models import Person

_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is read as something else
_IN_THE_STORE: Final = (
    "A record is about to be removed. Take this file and forget who is in it in the hospital's "
    "store, too (hiu forget)."
)
_STATE: Final = Appraisal.State
_OPEN: Final = (_STATE.WAITING, _STATE.PROPOSED, _STATE.COOLING)


@transaction.atomic
def find_due(*, service: Service, at_once: bool = False) -> int:
    """Put every record whose time has come into this month's queue, once a month; how many.

    Args:
        service: whose records; its rows must be open.
        at_once: also when this month's queue has been made.
    """
    today = timezone.localdate()
    made = Appraisal.objects.filter(service=service, why=Appraisal.Why.TIME)
    if not at_once and made.filter(found_at__date__gte=today.replace(day=1)).exists():
        return 0
    known = set(
        Appraisal.objects.filter(service=service, state__in=_OPEN).values_list("about", flat=True)
    )
    kept = made.filter(state=_STATE.KEPT, keep_until__gt=today).values_list("about", flat=True)
    known.update(kept)
    due = [one for one in standings(service.pk) if one.due_on <= today]
    found = [
        open_one(service.pk, one, Appraisal.Why.TIME) for one in due if one.person_id not in known
    ]
    if found:
        record(None, Did.LISTED, service_id=service.pk, topic="retention", found=len(found))
    return len(found)


@transaction.atomic
def ask_to_erase(
    *, by: Actor, person: Person, request_reference: str, reason: str, mistake: bool = False
) -> Appraisal:
    """Propose to remove a record before its time, because its erasure was decided.

    A second person confirms, and the days of cooling off run, as for any other.

    Args:
        request_reference: of the request, like "R-12"; never a name.
        mistake: the record should never have been made.

    Raises:
        NotAllowed: not theirs, a hold, or it is being appraised and somebody decided already.
    """
    policies.must(policies.why_not_appraise(by))
    standing = standing_of(by.service_id, person.pk)
    if standing is None:
        raise NotAllowed("The record has been removed, or is part of another one.")
    row = Appraisal.objects.filter(
        service=by.service_id, about=person.pk, state=_STATE.WAITING
    ).first()
    if row is None:
        row = open_one(by.service_id, standing, Appraisal.Why.ERASURE)
    row.why = Appraisal.Why.MISTAKE if mistake else Appraisal.Why.ERASURE
    row.request_reference = request_reference
    row.save()
    return propose(
        by=by, appraisal=row, decision=Appraisal.Decision.REMOVE, reason=reason, version=row.version
    )


@transaction.atomic
def propose(
    *,
    by: Actor,
    appraisal: Appraisal,
    decision: str,
    reason: str,
    version: int,
    keep_until: date | None = None,
) -> Appraisal:
    """Decide first: remove it, or keep it longer, and why.

    Raises:
        NotAllowed: not theirs, decided meanwhile, or held.
        ValidationError: no reason, or no day ahead.
        Stale: somebody else wrote first.
    """
    row = _held(by, appraisal, version)
    policies.must(policies.why_not_propose(by, row))
    if decision not in Appraisal.Decision.values or not reason.strip():
        raise ValidationError("Choose what becomes of it and enter why.")
    if decision == str(Appraisal.Decision.REMOVE):
        policies.must(policies.why_not_remove(row))
        keep_until = None
    elif why := policies.why_not_keep_until(keep_until):
        raise ValidationError(why)
    row.state, row.decision, row.reason = _STATE.PROPOSED, decision, reason.strip()
    row.keep_until, row.proposed_by, row.proposed_at = keep_until, by.membership, timezone.now()
    _save(row)
    record(by, Did.APPRAISED, person=row.about, about=row, decision=str(decision))
    return row


@transaction.atomic
def confirm(*, by: Actor, appraisal: Appraisal, version: int) -> Appraisal:
    """Decide second: what the first proposed is agreed. Removing waits for the days agreed on.

    Raises:
        NotAllowed: the same person, nothing to confirm, or held meanwhile.
        Stale: somebody else wrote first.
    """
    row = _held(by, appraisal, version)
    policies.must(policies.why_not_confirm(by, row))
    row.confirmed_by, row.confirmed_at = by.membership, timezone.now()
    if row.decision == Appraisal.Decision.KEEP:
        row.state, row.ended_at = _STATE.KEPT, timezone.now()
    else:
        _cool(row)
        _tell_analysts(by)
    _save(row)
    record(by, Did.REVIEWED, person=row.about, about=row, decision=row.decision)
    return row


@transaction.atomic
def take_back(*, by: Actor, appraisal: Appraisal, reason: str, version: int) -> Appraisal:
    """Take a decision back before the record is removed: it waits for a first one again.

    Raises:
        NotAllowed: not theirs, or nothing to take back.
        ValidationError: no reason.
        Stale: somebody else wrote first.
    """
    row = _held(by, appraisal, version)
    policies.must(policies.why_not_take_back(by, row))
    if not reason.strip():
        raise ValidationError("Enter why it is taken back.")
    undecide(row, reason.strip())
    record(by, Did.RETURNED, person=row.about, about=row)
    return row


def undecide(row: Appraisal, reason: str) -> None:
    """Put a decided one back to where nobody has decided."""
    row.state, row.decision, row.reason = _STATE.WAITING, "", reason
    row.proposed_by = row.proposed_at = row.confirmed_by = row.confirmed_at = None
    row.keep_until = row.remove_from = row.agreed_clock = None
    _save(row)


def _cool(row: Appraisal) -> None:
    standing = standing_of(row.service_id, row.about)
    if standing is None:
        raise NotAllowed("The record has been removed, or is part of another one.")
    days = rules_of(row.service_id).cooling_days
    row.state, row.cooling_days, row.records = _STATE.COOLING, days, list(standing.records)
    row.remove_from = timezone.localdate() + timedelta(days=days)


def _tell_analysts(by: Actor) -> None:
    """Where the store is the hospital's, its analyst forgets them there meanwhile."""
    if by.service.store:
        return
    analysts = Membership.objects.filter(
        service=by.service, role=Role.ANALYST, ended_at=None, user__is_active=True
    )
    for analyst in resting.to_tell(analysts):
        announce(to=analyst, words=_IN_THE_STORE, link=reverse("assurance:to_forget"))


def open_one(service_id: UUID, standing: Standing, why: Any) -> Appraisal:
    """Put one record into the queue, undecided."""
    return Appraisal.objects.create(
        service_id=service_id,
        reference=new_reference(),
        about=standing.person_id,
        why=why,
        record_class=standing.record_class,
        rules_version=rules_of(service_id).version,
        last_contact_on=standing.last_contact_on,
        due_on=standing.due_on,
        records=list(standing.records),
        mentions=len(places_naming(service_id, standing.records)),
    )


def new_reference() -> str:
    """Random: it must lead to nobody once the record is gone."""
    return "K-" + "".join(secrets.choice(_LETTERS) for _ in range(8))


def _held(by: Actor, appraisal: Appraisal, version: int) -> Appraisal:
    row = locked(Appraisal, by, appraisal.pk)
    if row.version != version:
        raise Stale([("State", row.get_state_display(), "")])
    return row


def _save(row: Appraisal) -> None:
    row.version += 1
    row.save()
