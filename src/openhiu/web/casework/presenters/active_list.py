"""The active list in words: a case with its signals comes in, what a row shows goes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse

from openhiu.web.access.models import SavedView
from openhiu.web.casework import lifecycle
from openhiu.web.casework.presenters.client import COLOURS
from openhiu.web.casework.queries.active_list import SHOWN, SIGNALS, SUPPORT_PHASES, Filters
from openhiu.web.casework.queries.standing import DIED, STOPPED, SUPPORTED

# Few colours: red only for what is late, the rest by its word.
SIGNAL_COLOURS: Final = {
    "overdue": "red",
    "unplanned": "orange",
    "attended": "purple",
    "review": "yellow",
    "notice": "pink",
}


@dataclass(frozen=True)
class Row:
    """One client on the list."""

    case: Any
    name: str
    known_as: str
    phase: str
    colour: str
    signals: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PhaseCount:
    """How many stand in one phase, with the address that shows them."""

    key: str
    label: str
    people: int
    current: bool


def row(case: Any) -> Row:
    """One client with `stands` and the signals that queries.active_list put on it."""
    person = case.person
    supported = case.stands == SUPPORTED
    found = tuple(
        (words, SIGNAL_COLOURS[key]) for key, words in SIGNALS.items() if getattr(case, key)
    )
    return Row(
        case=case,
        name=person.full_name,
        known_as=person.preferred_name if person.preferred_name != person.given_name else "",
        phase=lifecycle.PHASES[case.phase].label if supported else SHOWN[case.stands],
        colour=COLOURS[case.phase] if supported else "grey",
        signals=found if supported else (),
    )


def phases(counted: dict[str, int], filters: Filters) -> list[PhaseCount]:
    """Everyone, each phase, and those who stopped or died when there are any."""
    everyone = sum(counted[key] for key in SUPPORT_PHASES)
    found = [PhaseCount("", "Everyone", everyone, not filters.phase)]
    for key, label in SHOWN.items():
        if counted[key] or key in SUPPORT_PHASES or filters.phase == key:
            found.append(PhaseCount(key, label, counted[key], filters.phase == key))
    return found


def why_empty(filters: Filters, counted: dict[str, int], role: str) -> str:
    """Why nobody is on the list as it is filtered."""
    if not sum(counted.values()):
        if role == "cover":
            return "Nobody in your team is being supported yet, or you are in no team."
        return "Nobody has agreed to take part yet. People appear here when they say yes."
    if filters.signal:
        return (
            f"Nobody here has the signal \u201c{SIGNALS[filters.signal]}\u201d. That is good news."
        )
    if filters.phase in (STOPPED, DIED):
        return "Nobody."
    if filters.phase:
        return f"Nobody is in \u201c{SHOWN[filters.phase]}\u201d now."
    return "Nobody is being supported now with these filters."


def address(filters: Filters) -> str:
    """The list as filtered, as an address without anything personal."""
    kept = filters.kept()
    return reverse("casework:active_list") + (f"?{urlencode(kept)}" if kept else "")


def views(saved: Iterable[SavedView], filters: Filters) -> list[dict[str, Any]]:
    """One's saved views: name, address, whether it is the one shown."""
    found = []
    for view in saved:
        kept = Filters.read(view.filters)
        found.append(
            {"id": view.pk, "name": view.name, "url": address(kept), "current": kept == filters}
        )
    return found


def chosen(filters: Filters) -> int:
    """How many filters are set, for the heading of the filter card."""
    return sum(bool(value) for value in (filters.signal, filters.lead))
