"""Early warnings as people see them: who asks comes in, the signals of their clients go out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import Role
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework.models import Case
from openhiu.web.casework.queries.cases import cases, readable_or_missing
from openhiu.web.design.words import as_day
from openhiu.web.monitoring import lifecycle
from openhiu.web.monitoring.clock import By
from openhiu.web.monitoring.models import Activity, Signal, SignalStep
from openhiu.web.people.models import Person
from openhiu.web.team.queries.leave import covered_by

_LEVELS: Final = {"red": 0, "amber": 1, "look": 2}
# So long the lead goes on seeing what nobody answered.
SEEN_FOR: Final = timedelta(days=28)


@dataclass(frozen=True)
class SignalRow:
    """One open signal with its case, whether the actor is the one who answers first, and when the
    client came last.
    """

    signal: Signal
    case: Case
    mine: bool
    last_came: datetime | None = None  # to A&E, as far as the data know

    @property
    def escalated(self) -> bool:
        """Two working days went by without an answer."""
        return bool(self.signal.state != lifecycle.RAISED.key)


def of_own_cases(actor: Actor) -> QuerySet[Signal]:
    """Every signal about a client who is theirs to work with."""
    if not may(actor.role, Permission.ANSWER_SIGNAL):
        return Signal.objects.none()
    theirs = cases(actor).values("pk")
    return Signal.objects.filter(service=actor.service_id, case__in=theirs).select_related(
        "case__person", "case__lead__user", "answered_by__user"
    )


def open_signals(actor: Actor) -> list[SignalRow]:
    """What somebody still has to answer: one's own first, red first, then whoever came last.

    A lead's: their clients', and those of colleagues they cover; what nobody answered for 28 days
    more. A supervisor's: everybody's, of which theirs are those unanswered for two working days, or
    too old to act on.
    """
    answered_for = _answered_for(actor)
    found = of_own_cases(actor).filter(state__in=lifecycle.WAITING)
    if actor.role != Role.SUPERVISOR:
        found = found.filter(Q(state__in=lifecycle.OPEN) | _lately_expired())
    came = last_came(actor, {signal.case.person_id for signal in found})
    rows = [
        SignalRow(signal, signal.case, _is_theirs(actor, signal, answered_for),
                  came.get(signal.case.person_id))
        for signal in found
    ]  # fmt: skip
    return _in_order(rows)


def unanswered(actor: Actor) -> list[SignalRow]:
    """Those among them that came to the supervisor."""
    return [row for row in open_signals(actor) if row.escalated]


def signals_of(actor: Actor, case: Case) -> list[Signal]:
    """Every signal of one client, the newest first; the caller has made sure they may see it."""
    rows = Signal.objects.filter(service=actor.service_id, case=case)
    return list(
        rows.select_related("answered_by__user", "contact")
        .prefetch_related("steps__by__user")
        .order_by("-day", "-raised_at")
    )


def also_waiting(actor: Actor, signal: Signal) -> list[Signal]:
    """What else waits about the same client, the most pressing first."""
    rows = of_own_cases(actor).filter(case=signal.case_id, state__in=lifecycle.WAITING)
    return sorted(rows.exclude(pk=signal.pk), key=lambda one: _LEVELS[one.level])


def signal_or_missing(actor: Actor, signal_id: Any) -> Signal:
    """One signal of a client who is theirs; anything else answers as if it did not exist."""
    found = of_own_cases(actor).filter(pk=signal_id).first()
    if found is None:
        raise Missing
    return found


def readable_signal(actor: Actor, signal_id: Any) -> Signal:
    """One signal to read: as `signal_or_missing`, or of a client opened with a reason today."""
    rows = Signal.objects.filter(service=actor.service_id, pk=signal_id)
    found = rows.select_related("case__person", "case__lead__user", "answered_by__user").first()
    if found is None:
        raise Missing
    readable_or_missing(actor, found.case_id)
    return found


def _lately_expired() -> Exists:
    since = timezone.now() - SEEN_FOR
    return Exists(
        SignalStep.objects.filter(
            signal=OuterRef("pk"), to_state=lifecycle.EXPIRED.key, at__gte=since
        )
    )


def _answered_for(actor: Actor) -> set[Any]:
    """Whose clients one answers for today: one's own, and those of whom one covers."""
    today: date = timezone.localdate()
    theirs = covered_by(actor.membership, today).values_list("pk", flat=True)
    return {actor.membership.pk, *theirs}


def _is_theirs(actor: Actor, signal: Signal, answered_for: set[Any]) -> bool:
    if actor.role == Role.SUPERVISOR:
        return bool(signal.state != lifecycle.RAISED.key)
    return signal.case.lead_id in answered_for


def last_came(by: By, people: set[Any]) -> dict[Any, datetime]:
    """When each of these people last came to A&E, under whichever of their records; two queries."""
    absorbed = Person.objects.filter(service=by.service_id, merged_into__in=people)
    stands_for = dict(absorbed.values_list("pk", "merged_into"))
    rows = Activity.objects.filter(
        service=by.service_id, kind=Activity.Kind.ATTENDANCE, person__in=[*people, *stands_for]
    )
    found: dict[Any, datetime] = {}
    for person, at in rows.values_list("person").annotate(last=Max("began_at")).order_by():
        who = stands_for.get(person, person)
        found[who] = max(at, found.get(who, at))
    return found


def _in_order(rows: Iterable[SignalRow]) -> list[SignalRow]:
    """One's own before others', red before all, then by the latest day anything happened."""
    newest = sorted(rows, key=lambda row: row.signal.raised_at)
    newest.sort(key=lambda row: (_latest(row), -_LEVELS[row.signal.level]), reverse=True)
    return sorted(newest, key=lambda row: (not row.mine, row.signal.level != "red"))


def _latest(row: SignalRow) -> date:
    """The day of the latest visit, or of what the signal is about; nothing is as old as silence."""
    known = [at for at in (row.last_came, row.signal.happened_at) if at]
    return as_day(max(known)) if known else date.min
