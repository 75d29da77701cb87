"""Picking somebody up again with one tap, and taking a slip back: a case in, its new phase out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.casework import lifecycle
from openhiu.web.casework.actions import phases
from openhiu.web.casework.models import Case, PhaseChange
from openhiu.web.monitoring import lifecycle as of_signals
from openhiu.web.monitoring.actions.signals import answered, unanswer, waiting_about
from openhiu.web.monitoring.models import Signal
from openhiu.web.monitoring.rule_words import rule_label
from openhiu.web.monitoring.telling import first_of_each

AGAIN = lifecycle.PICKED_UP_AGAIN.key


@transaction.atomic
def pick_up(*, by: Actor, case: Case, signal: Signal | None = None) -> Case:
    """Walk alongside someone again, from today: no form, no referral, in touch today.

    The reason is the signal's, or the most pressing that waits about them. Signals that wait are
    answered by it: the answer then is that support was picked up.

    Raises:
        NotAllowed: not theirs, not from this phase, or they asked us to stop.
    """
    waiting = waiting_about(by, case.pk)
    about = signal or next(iter(first_of_each(waiting)), None)
    reason = f"{rule_label(about.rule)}. {about.why}" if about else "They need us closer again."
    moved = phases.return_to_support(by=by, case=case, reason=reason)
    for one in waiting:
        answered(by, one, str(Signal.Answer.PICKED_UP), "")
    _note_picked_up([*waiting, *([signal] if signal else [])])
    return moved


@transaction.atomic
def not_picked_up(*, by: Actor, case: Case) -> Case:
    """Take back a pick-up of today that was a slip: phase and rhythm are as they were, and every
    signal that it answered waits again.

    Raises:
        NotAllowed: somebody else picked them up, or not today.
    """
    last = PhaseChange.objects.filter(service=by.service_id, case=case).order_by("-at").first()
    if last is None or why_not_back(by, case, last):
        raise NotAllowed("Only whoever picked them up today can take it back.")
    was = _as_it_was(case, last)
    _wait_again(by, last)
    moved = phases.move(by=by, case=case, to=last.from_phase, reason="Picked up by mistake.")
    if was is not None:
        moved = phases.set_rhythm(by=by, case=moved, days=was.rhythm_days)
        _restore_next(moved, was.next_contact_on)
    return moved


def why_not_back(by: Actor, case: Case, last: PhaseChange | None) -> bool:
    """Whether the last move is one that this actor may no longer take back."""
    return (
        last is None
        or case.phase != AGAIN
        or last.to_phase != AGAIN
        or last.by_id != by.membership.pk
        or timezone.localdate(last.at) != timezone.localdate()
    )


def _as_it_was(case: Case, last: PhaseChange) -> Any:
    """The case's row before the move, from its history."""
    events = apps.get_model("casework", "CaseEvent").objects.filter(pgh_obj=case.pk)
    return events.filter(phase=last.from_phase).order_by("-pgh_id").first()


def _wait_again(by: Actor, last: PhaseChange) -> None:
    """Every signal that a pick-up answered: what was answered so since the phase before began."""
    moves = PhaseChange.objects.filter(case=last.case_id, at__lt=last.at).order_by("-at")
    picked = Signal.objects.select_for_update(of=("self",)).filter(
        service=by.service_id, case=last.case_id, picked_up=True
    )
    before = moves.first()
    if before is not None:
        picked = picked.filter(ended_at__gte=before.at)
    for signal in picked.select_related("case").order_by("raised_at", "pk"):
        by_it = signal.answer == Signal.Answer.PICKED_UP
        if by_it and signal.state == of_signals.ACKNOWLEDGED.key:
            unanswer(by, signal, "Picked up by mistake.")
        else:  # somebody had said something else about it, which still holds
            signal.picked_up = False
            signal.save(update_fields=["picked_up"])


def _restore_next(case: Case, day: date | None) -> None:
    case.next_contact_on = day
    case.save(update_fields=["next_contact_on"])


def _note_picked_up(signals: list[Signal]) -> None:
    for signal in signals:
        signal.picked_up = True
        signal.save(update_fields=["picked_up"])
