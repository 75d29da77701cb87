"""Moves along the lifecycle: a case and a wish come in, the case in its new phase goes out.

`move` is the only way a phase changes; the table in casework.lifecycle decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.permissions import Permission
from openhiu.web.casework import lifecycle, policies
from openhiu.web.casework.actions.consent import answer_take_part
from openhiu.web.casework.models import Case, PhaseChange
from openhiu.web.team.hours import next_day_at_work

LONGEST_RHYTHM = 365


@transaction.atomic
def move(*, by: Actor, case: Case, to: str, reason: str) -> Case:
    """Move a case to another phase, with its starting rhythm; the reason is kept.

    Raises:
        NotAllowed: not theirs, not an allowed move, the person died, or no reason given.
    """
    fresh = _locked(by, case)
    why = policies.why_not_move(fresh, to) or ("" if reason.strip() else "Say why, in a few words.")
    if why:
        raise NotAllowed(why)
    if not policies.taking_part(fresh.person) and to == lifecycle.PICKED_UP_AGAIN.key:
        raise NotAllowed("They asked us to stop. Record a new yes first.")
    return enter(by, fresh, to, reason)


@transaction.atomic
def step_back(*, by: Actor, case: Case, reason: str, rhythm_days: int | None = None) -> Case:
    """Begin walking backwards; the rhythm starts at two weeks unless the lead sets another."""
    moved = move(by=by, case=case, to=lifecycle.WALKING_BACKWARDS.key, reason=reason)
    return set_rhythm(by=by, case=moved, days=rhythm_days) if rhythm_days else moved


@transaction.atomic
def return_to_support(
    *, by: Actor, case: Case, reason: str, consent: Mapping[str, Any] | None = None
) -> Case:
    """Pick someone up again: no new referral, in touch today.

    A review date that has passed does not stand in the way. Someone who asked us to stop must
    have said yes again: `consent` is that answer (see actions.consent.answer_take_part).
    """
    fresh = _locked(by, case)
    if consent and not policies.why_not_move(fresh, lifecycle.PICKED_UP_AGAIN.key):
        answer_take_part(by=by, person=fresh.person, **consent)
    return move(by=by, case=fresh, to=lifecycle.PICKED_UP_AGAIN.key, reason=reason)


@transaction.atomic
def set_rhythm(*, by: Actor, case: Case, days: int) -> Case:
    """Set how often to be in touch, in days; the next contact moves with it.

    Raises:
        NotAllowed: not theirs, or the number is not between 1 and a year.
    """
    fresh = _locked(by, case)
    if not 1 <= days <= LONGEST_RHYTHM:
        raise NotAllowed("Choose a number of days between 1 and 365.")
    fresh.rhythm_days = days
    fresh.next_contact_on = _in(fresh, days)
    fresh.version += 1
    fresh.save(update_fields=["rhythm_days", "next_contact_on", "version"])
    record(by, Did.CHANGED, person=fresh.person_id, about=fresh, rhythm_days=days)
    return fresh


def enter(by: Actor, case: Case, to: str, reason: str) -> Case:
    """Put an already allowed move into the rows; for this room's own actions."""
    was, case.phase = case.phase, to
    case.rhythm_days = lifecycle.PHASES[to].rhythm_days or case.rhythm_days
    case.phase_since = timezone.now()
    picked_up = to == lifecycle.PICKED_UP_AGAIN.key
    case.next_contact_on = _in(case, 0 if picked_up else case.rhythm_days)
    case.version += 1
    case.save()
    note_move(by, case, was, reason)
    record(by, Did.MOVED, person=case.person_id, about=case, was=was, to=to)
    return case


def note_move(by: Actor, case: Case, was: str, reason: str) -> None:
    """Append one line to the case's history of phases."""
    PhaseChange.objects.create(
        service=by.service,
        case=case,
        from_phase=was,
        to_phase=case.phase,
        at=case.phase_since,
        by=by.membership,
        reason=reason.strip(),
    )


def _locked(by: Actor, case: Case) -> Case:
    """The row as it is now, held until the transaction ends."""
    policies.must_be_theirs(by, case, Permission.WRITE_CLIENT)
    return Case.objects.select_for_update(of=("self",)).select_related("person").get(pk=case.pk)


def _in(case: Case, days: int) -> date | None:
    """When to be in touch next: today or a later day their lead works; none if they want none."""
    if policies.why_not_contact(case):
        return None
    today = timezone.localdate()
    return next_day_at_work(case.lead, today + timedelta(days=days)) if days else today
