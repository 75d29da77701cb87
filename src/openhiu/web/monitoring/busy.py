"""What early warnings add to somebody's load: members or clients come in; signs and keys go out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Membership
from openhiu.web.design.words import as_day, plural, weekday
from openhiu.web.monitoring import lifecycle
from openhiu.web.monitoring.models import Signal
from openhiu.web.monitoring.queries.signals import SignalRow, open_signals
from openhiu.web.team.overload import Sign


def signs(member: Membership, _today: date, thresholds: Mapping[str, int]) -> Iterable[Sign]:
    """Early warnings about a lead's clients that wait for an answer: a sign for the lead alone."""
    least = thresholds["unanswered"]
    mine = waiting(Actor(user=member.user, membership=member)) if least else []
    if least and len(mine) >= least:
        oldest = min(as_day(row.signal.raised_at) for client in mine for row in client)
        yield Sign(
            "unanswered",
            f"{plural(len(mine), 'early warning')} about your clients wait for an answer, the "
            f"oldest since {weekday(oldest)}.",
            (oldest,),
        )


def waiting(actor: Actor) -> list[list[SignalRow]]:
    """What is the actor's to answer, by client: as many as the morning page shows lines."""
    found: dict[UUID, list[SignalRow]] = {}
    for row in open_signals(actor):
        if row.mine:
            found.setdefault(row.case.pk, []).append(row)
    return list(found.values())


def open_about(cases: Sequence[UUID]) -> Iterable[UUID]:
    """Those of these clients with an early warning that waits: they weigh more just now."""
    found = Signal.objects.filter(case__in=list(cases), state__in=lifecycle.OPEN)
    return [UUID(str(key)) for key in found.values_list("case", flat=True).distinct()]
