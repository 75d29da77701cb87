"""What the feed tells of a period: how soon someone steady who came to A&E was spoken with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median
from typing import Any, Final

from openhiu.web.access.actor import Actor
from openhiu.web.casework import lifecycle
from openhiu.web.casework.facts import Period
from openhiu.web.casework.models import Case, Contact, PhaseChange
from openhiu.web.monitoring import queries
from openhiu.web.monitoring.models import Activity

# One time of it getting hard is one signal, however often they came.
QUIET: Final = timedelta(days=28)
_STEADY: Final = (lifecycle.WALKING_BACKWARDS.key, lifecycle.AT_A_DISTANCE.key)


def told(actor: Actor, period: Period) -> dict[str, Any]:
    """Signals of the period and the median of days until we spoke; and how old the data are."""
    signals = _signals(actor, period)
    spoken = _spoken(actor, (case for case, _ in signals))
    days = [
        (after - at).days
        for case, at in signals
        if (after := next((one for one in spoken[case] if one >= at), None)) is not None
    ]
    return {
        "did": {
            "signals": len(signals),
            "signals_answered": len(days),
            "days_to_pick_up_median": median(days) if days else None,
        },
        "risks": [_data_are_old(actor)],
    }


def _signals(actor: Actor, period: Period) -> list[tuple[Any, datetime]]:
    """Each first attendance after a quiet time of somebody steady at that moment."""
    cases = dict(Case.objects.filter(service=actor.service_id).values_list("person", "pk"))
    came = Activity.objects.filter(
        service=actor.service_id, kind=Activity.Kind.ATTENDANCE, person__in=cases,
        began_at__gte=period.begins - QUIET, began_at__lt=period.ends,
    )  # fmt: skip
    phases = _phases(actor)
    last: dict[Any, datetime] = {}
    found = []
    for person, at in came.order_by("began_at").values_list("person", "began_at"):
        case = cases[person]
        if _phase_at(phases[case], at) not in _STEADY:
            continue
        quiet = case not in last or at - last[case] >= QUIET
        last[case] = at
        if quiet and at >= period.begins:
            found.append((case, at))
    return found


def _phases(actor: Actor) -> dict[Any, list[tuple[datetime, str]]]:
    rows = PhaseChange.objects.filter(service=actor.service_id).order_by("at")
    found: dict[Any, list[tuple[datetime, str]]] = defaultdict(list)
    for case, at, to in rows.values_list("case", "at", "to_phase"):
        found[case].append((at, to))
    return found


def _phase_at(changes: list[tuple[datetime, str]], moment: datetime) -> str:
    return next((to for at, to in reversed(changes) if at <= moment), "")


def _spoken(actor: Actor, cases: Iterable[Any]) -> dict[Any, list[datetime]]:
    rows = Contact.objects.filter(
        service=actor.service_id, case__in=set(cases), who=Contact.Who.CLIENT,
        reached=Contact.Reached.YES, error_at=None,
    )  # fmt: skip
    found: dict[Any, list[datetime]] = defaultdict(list)
    for case, at in rows.order_by("at").values_list("case", "at"):
        found[case].append(at)
    return found


def _data_are_old(actor: Actor) -> dict[str, str]:
    fresh = queries.freshness(actor)
    standing = "No activity feed was delivered yet"
    if fresh.feed is not None:
        standing = "The data are older than agreed" if fresh.is_stale else "The data are fresh"
    return {
        "risk": "The hospital's data come late and a hard time is seen late",
        "mitigation": "Every page says how old the data are; clients can ring any day",
        "owner": "Hospital analyst",
        "standing": standing,
    }
