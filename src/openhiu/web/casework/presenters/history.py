"""A client's history in plain words: the rows that the database kept come in, lines go out.

The texts themselves are shown on request only: a line says what changed, who did it and when.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from openhiu.web.access.models import User
from openhiu.web.casework import connecting, lifecycle, needs
from openhiu.web.casework.actions.plan import GOAL_LABELS, NETWORK_LABELS, PLAN_LABELS
from openhiu.web.casework.models import (
    Case,
    Connection,
    Goal,
    Need,
    NetworkMember,
    PhaseChange,
    Plan,
)
from openhiu.web.design.words import initial_lower

MOST: Final = 500


@dataclass(frozen=True)
class Change:
    """One field that changed: what it is called, before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One thing that happened to a record."""

    at: datetime
    what: str
    who: str = ""
    why: str = ""
    changes: tuple[Change, ...] = ()


def moves(changes: list[PhaseChange]) -> list[Line]:
    """Phase changes as lines."""
    return [
        Line(one.at, f"Moved to \u201c{_phase(one.to_phase)}\u201d", one.by.user.name, one.reason)
        for one in changes
    ]


def _phase(key: str) -> str:
    known = lifecycle.PHASES.get(key)
    return known.label if known else key


_KEPT: Final = (
    (Plan, "case_id", PLAN_LABELS, "plan"),
    (Goal, "case_id", GOAL_LABELS | {"state": "Where it is"}, "goal"),
    (NetworkMember, "case_id", NETWORK_LABELS | {"ended_on": "No longer around since"}, "network"),
    (
        Connection,
        "case_id",
        {"name": "Service", "state": "Where it stands", "why": "Why"},
        "connection",
    ),
    (
        Need,
        "case_id",
        {
            "category": "Reason",
            "words": "Their words",
            "certain": "Sure",
            "met_on": "No longer a worry since",
            "missing_service": "Service not found",
            "taken_away_on": "Turned out not to be one",
        },
        "reason",
    ),
)
_ADDED: Final = {
    "plan": "Began the plan",
    "goal": "Added a goal",
    "network": "Added someone around them",
    "connection": "Connected with a service",
    "reason": "Noted a reason",
}
_CHANGED: Final = {"goal": "a goal", "network": "someone around them", "reason": "a reason",
                   "connection": "a connection"}  # fmt: skip


def lines(case: Case, changes: list[PhaseChange]) -> list[Line]:
    """Everything that changed in a case, newest first; one query a kind of row, and the names."""
    found = [(event, labels, kind) for model, key, labels, kind in _KEPT
             for event in _events(model, key, case)]  # fmt: skip
    names = _names([event for event, _, _ in found])
    before: dict[Any, Any] = {}
    made = [
        line
        for event, labels, kind in found
        if (line := _line(event, before, labels, kind, names)) is not None
    ]
    return sorted(moves(changes) + made, key=lambda line: line.at, reverse=True)[:MOST]


def _events(model: Any, key: str, case: Case) -> list[Any]:
    kept = model.pgh_event_model.objects.filter(service_id=case.service_id, **{key: case.pk})
    return list(kept.select_related("pgh_context").order_by("pgh_created_at", "pgh_id"))


def _names(events: list[Any]) -> dict[str, str]:
    """Who did what: the name behind each context's user, in one query."""
    ids = {str(_user(event)) for event in events if _user(event)}
    return {str(user.pk): user.name for user in User.objects.filter(pk__in=ids)}


def _user(event: Any) -> Any:
    context = event.pgh_context
    return (context.metadata or {}).get("user") if context else None


def _line(
    event: Any, before: dict[Any, Any], labels: Any, kind: str, names: dict[str, str]
) -> Line | None:
    """One event against the one before it of the same row; None when nothing people see changed."""
    earlier = before.get((kind, event.pgh_obj_id))
    before[(kind, event.pgh_obj_id)] = event
    who = names.get(str(_user(event)), "")
    if earlier is None:
        return Line(event.pgh_created_at, _ADDED[kind], who, changes=_first(event, labels))
    changed = tuple(
        Change(label, _text(name, getattr(earlier, name)), _text(name, getattr(event, name)))
        for name, label in labels.items()
        if getattr(earlier, name) != getattr(event, name)
    )
    if not changed:
        return None
    named = [initial_lower(change.label) for change in changed]
    what = _CHANGED.get(kind) or " and ".join(filter(None, [", ".join(named[:-1]), named[-1]]))
    return Line(event.pgh_created_at, f"Changed {what}", who, changes=changed)


def _first(event: Any, labels: Any) -> tuple[Change, ...]:
    said = [(label, _text(name, getattr(event, name))) for name, label in labels.items()]
    return tuple(Change(label, "", text) for label, text in said if text)


def _text(name: str, value: Any) -> str:
    if name == "category":
        return needs.label(str(value))
    if name == "state":
        known = dict(Goal.State.choices) | dict(connecting.choices())
        return str(known.get(value, value))
    if isinstance(value, bool):
        return "Sure" if value else "Perhaps"
    return "" if value is None else str(value)
