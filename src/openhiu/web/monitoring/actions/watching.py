"""What the clock does about signals: pass on what nobody answered, end what is too old, and follow
whoever answers now.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.models import Service
from openhiu.web.design import words
from openhiu.web.monitoring import lifecycle
from openhiu.web.monitoring.actions.health import look_at_health
from openhiu.web.monitoring.actions.passing_on import nobody_answers, pass_on
from openhiu.web.monitoring.actions.raising import raise_for
from openhiu.web.monitoring.actions.signals import move
from openhiu.web.monitoring.answer_time import one_working_day_after
from openhiu.web.monitoring.clock import Clock
from openhiu.web.monitoring.models import Signal
from openhiu.web.monitoring.queries.rules import as_rules, rules_in_force
from openhiu.web.monitoring.telling import tell_of, who_answers

EXPIRED = "It became too old to act on."


@transaction.atomic
def watch(service: Service) -> dict[str, int]:
    """One round of the clock for one service; how much of what it did.

    Looks at the data's health, raises what is new (silence comes with time, not with data), tells
    whoever answers now, passes on what waited two working days, and ends what is too old: never in
    the round in which somebody was told, and never where nobody was.
    """
    by = Clock(service)
    faults = look_at_health(service)
    raised = raise_for(service)
    waiting = _waiting(by)
    followed = _follow([one for one in waiting if one.state == lifecycle.RAISED.key])
    now = timezone.now()
    days = as_rules(rules_in_force(by)).expires_after_days
    old = [one for one in waiting if _expired(one, days, now)]
    late = [
        one
        for one in waiting
        if one.state == lifecycle.RAISED.key and (now >= one.answer_by or nobody_answers(one.case))
    ]
    passed = pass_on(by, late)
    for one in old:
        move(by, one, lifecycle.EXPIRED.key, EXPIRED)
    return {
        "raised": raised.new, "taken back": raised.taken_back, "passed on": len(passed),
        "expired": len(old), "told to another": followed, "faults of the data": faults,
    }  # fmt: skip


def _waiting(by: Clock) -> list[Signal]:
    rows = Signal.objects.select_for_update(of=("self",)).filter(
        service=by.service_id, state__in=lifecycle.OPEN
    )
    return list(
        rows.select_related("case__lead__user", "told_to", "service").order_by("raised_at", "pk")
    )


def _follow(waiting: list[Signal]) -> int:
    """Whoever answers now hears of it, when that is somebody else than before."""
    moved = []
    for signal in waiting:
        answers = who_answers(signal.case, words.today())
        if signal.told_to_id != answers.pk:
            signal.told_to = answers
            signal.save(update_fields=["told_to"])
            moved.append(signal)
    tell_of(moved)
    return len(moved)


def _expired(signal: Signal, days: int, now: datetime) -> bool:
    """So many days since somebody was told, of which at least one was a working day."""
    told = signal.escalated_at
    if signal.state != lifecycle.ESCALATED.key or told is None:
        return False
    if words.as_day(now) < words.as_day(told) + timedelta(days=days):
        return False
    return now >= one_working_day_after(signal.service, told)
