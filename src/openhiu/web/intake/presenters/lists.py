"""A received list as its reviewer sees it: counts, criteria, flow and picture; nobody's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Hospital
from openhiu.web.intake.models import ReceivedList
from openhiu.web.intake.presenters.rows import place_name
from openhiu.web.intake.queries.lists import changes_of, suggestions_count

_STATE_COLOURS = {"proposed": "yellow", "released": "green", "returned": "orange",
                  "withdrawn": "grey"}  # fmt: skip
_STALE = timedelta(days=45)


@dataclass(frozen=True)
class Place:
    """One list of a folder: the hospital, how many are listed, what changed, suggestions."""

    name: str
    list_id: str
    listed: int
    attended: int | None
    tied: bool
    changes: Counter[str]
    suggested: int

    @property
    def compared(self) -> bool:
        """Whether this list was compared with an earlier one."""
        return any(self.changes[key] for key in ("new", "again", "returned", "left"))


@dataclass(frozen=True)
class Bar:
    """One step of the flow, with its length in the picture (0 to 100)."""

    step: str
    attendances: int
    people: int
    length: float
    y: int


def places(actor: Actor, received: ReceivedList, hospitals: Mapping[str, Hospital]) -> list[Place]:
    """Every list of the folder, hospitals first."""
    changes, suggested = changes_of(actor, received), suggestions_count(actor, received)
    found = [
        Place(
            name=place_name(place["list_id"], hospitals),
            list_id=place["list_id"],
            listed=place["listed"],
            attended=place.get("people_who_attended"),
            tied=place["tied"],
            changes=changes.get(place["list_id"], Counter()),
            suggested=suggested[place["list_id"]],
        )
        for place in received.manifest.get("lists", [])
    ]
    return sorted(found, key=lambda place: (place.list_id == "ALL", place.name))


def bars(received: ReceivedList) -> list[Bar]:
    """The flow as bars, against the step with most people."""
    most = max((row["people"] or 0 for row in received.flow), default=0) or 1
    return [
        Bar(
            row["step"],
            row["attendances"],
            row["people"],
            round(100 * (row["people"] or 0) / most, 2),
            index * 22,
        )
        for index, row in enumerate(received.flow)
    ]


def colour(received: ReceivedList) -> str:
    """The colour of its state."""
    return _STATE_COLOURS[received.state]


def freshness(received: ReceivedList) -> str:
    """A sentence when the data are old, or nothing."""
    cut_off = received.data_cut_off
    if cut_off and timezone.now() - cut_off > _STALE:
        days = (timezone.now() - cut_off).days
        return f"The data end {days} days ago. Ask the hospital for a newer list."
    return ""


def fairness(received: ReceivedList) -> list[dict[str, Any]]:
    """The fairness table by dimension; counts are safe to show as they came."""
    by_dimension: dict[str, list[dict[str, Any]]] = {}
    for row in received.fairness:
        by_dimension.setdefault(row["dimension"], []).append(row)
    return [{"name": name, "rows": rows} for name, rows in by_dimension.items()]
