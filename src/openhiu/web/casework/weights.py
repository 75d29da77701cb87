"""How heavy a caseload is: leads come in; what their clients weigh, each and in all, goes out.

A weight says how much of a lead's time a client takes, not how ill or how difficult anyone is. It
is set beside the lead's own capacity and nobody else's: never a comparison of people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Membership
from openhiu.web.casework import lifecycle
from openhiu.web.casework.models import Case, CaseWeight
from openhiu.web.casework.queries.standing import SUPPORTED, with_standing

# The table: one client seen every week weighs 1. Explained on the caseload page, in these words.
NEW_FOR: Final = timedelta(days=28)
NEW: Final = (Decimal("1.5"), "New: the first four weeks")
AT_A_DISTANCE: Final = (Decimal("0.1"), "Open at a distance")
BY_RHYTHM: Final = (
    (7, Decimal("1"), "In touch every week or more often"),
    (14, Decimal("0.5"), "In touch every two weeks"),
    (28, Decimal("0.25"), "In touch every four weeks"),
)
SELDOM: Final = (Decimal("0.1"), "In touch less often")
SIGNAL: Final = (Decimal("0.5"), "More while an early warning is open")
SAID: Final = {
    CaseWeight.Said.LIGHT: (Decimal("0.5"), "Half of that where you say: lighter than usual"),
    CaseWeight.Said.HEAVY: (Decimal("1.5"), "Half as much again where you say: heavier than usual"),
}
# Rooms above say which of these cases have an early warning open: keys in, keys out.
OPEN_SIGNALS: Final[list[Callable[[Sequence[UUID]], Iterable[UUID]]]] = []


@dataclass(frozen=True)
class Weighed:
    """One client: what they weigh and why, in words; `mark` is the lead's own word, if any."""

    case: Case
    weight: Decimal
    why: str
    mark: CaseWeight | None = None


@dataclass(frozen=True)
class Load:
    """What the clients of one lead weigh together, against what their post has room for."""

    value: Decimal
    room: Decimal
    clients: tuple[Weighed, ...]

    @property
    def over(self) -> bool:
        """More than the post has room for."""
        return self.value > self.room

    @property
    def spare(self) -> int:
        """How many more seen every week the post has room for; 0 when it is full."""
        return max(0, int(self.room - self.value))

    @property
    def full(self) -> bool:
        """One more seen every week would be too much."""
        return not self.spare

    @property
    def words(self) -> str:
        """What it means for this lead, without a number of anybody else."""
        left = self.room - self.value
        if left < 0:
            return (
                f"{-left:.1f} more than your post has room for. "
                "Talk with your supervisor about what can wait or be shared."
            )
        if self.full:
            return "Full: anyone seen every week would be too much just now."
        return f"Room for about {self.spare} more seen every week."


def loads(rooms: Sequence[tuple[Membership, int]]) -> list[Load]:
    """The load of each of these leads, whose posts have that much room, in the order given.

    Two queries, however many leads, and what the rooms above ask.
    """
    found = _supported([lead for lead, _ in rooms])
    marks, signalled = _marks(found), _signalled(found)
    weighed: dict[Any, list[Weighed]] = {lead.pk: [] for lead, _ in rooms}
    for case in found:
        weighed[case.lead_id].append(weigh(case, marks.get(case.pk), case.pk in signalled))
    return [_load(room, weighed[lead.pk]) for lead, room in rooms]


def weigh(case: Case, mark: CaseWeight | None, signal: bool, at: datetime | None = None) -> Weighed:
    """What one client weighs at a moment (now where none is given), by the table above."""
    weight, why = _plain(case, at or timezone.now())
    if signal:
        weight, why = weight + SIGNAL[0], f"{why}; an early warning is open"
    if mark and mark.said in SAID:
        weight *= SAID[CaseWeight.Said(mark.said)][0]
        why = f"{why}; {mark.get_said_display().lower()}: {mark.reason}"
    return Weighed(case, weight, why, mark)


def table() -> list[tuple[str, str]]:
    """The table as the page explains it: words and weight."""
    rhythms = [(words, f"{weight}") for _, weight, words in BY_RHYTHM]
    said = [(words, f"times {factor}") for factor, words in SAID.values()]
    plain = [(words, f"{weight}") for weight, words in (SELDOM, AT_A_DISTANCE)]
    return [(NEW[1], f"{NEW[0]}"), *rhythms, *plain, (SIGNAL[1], f"+ {SIGNAL[0]}"), *said]


def mark_of(actor: Actor, case: Case) -> CaseWeight | None:
    """The newest word on the weight of a case that was already found readable."""
    rows = CaseWeight.objects.filter(service=actor.service_id, case=case)
    found: CaseWeight | None = rows.order_by("-at").first()
    return found


def _plain(case: Case, at: datetime) -> tuple[Decimal, str]:
    if case.phase == lifecycle.AT_A_DISTANCE.key:
        return AT_A_DISTANCE
    if at - case.opened_at < NEW_FOR:
        return NEW
    fitting = (row for row in BY_RHYTHM if case.rhythm_days <= row[0])
    row = next(fitting, None)
    return (row[1], row[2]) if row else SELDOM


def _load(room: int, clients: list[Weighed]) -> Load:
    together = sum((one.weight for one in clients), Decimal(0))
    heaviest_first = sorted(clients, key=lambda one: (-one.weight, one.case.person.full_name))
    return Load(together, Decimal(room), tuple(heaviest_first))


def _supported(leads: list[Membership]) -> list[Case]:
    rows = with_standing(Case.objects.filter(lead__in=leads)).filter(stands=SUPPORTED)
    return list(rows.select_related("person"))


def _marks(found: list[Case]) -> dict[UUID, CaseWeight]:
    rows = CaseWeight.objects.filter(case__in=[case.pk for case in found]).order_by("at")
    return {mark.case_id: mark for mark in rows}


def _signalled(found: list[Case]) -> set[UUID]:
    keys = [case.pk for case in found]
    return {key for ask in OPEN_SIGNALS for key in ask(keys)} if keys else set()
