"""Signs that somebody has too much on: rooms read the record, thresholds are data.

    class Room(AppConfig):
        def ready(self) -> None:
            overload.contribute(signs_of_this_room)

A source takes a member, today and the thresholds in force and gives signs, in sentences with dates
that their owner can check. Signs are shown to their owner alone and are never stored; nobody is
compared with anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from openhiu.web.access.models import Membership


@dataclass(frozen=True)
class Threshold:
    """When something counts as a sign: the question it answers, and the number it begins at."""

    label: str
    number: int
    unit: str


THRESHOLDS: Final[Mapping[str, Threshold]] = {
    "outside_hours": Threshold(
        "Days with entries in the evening or at the weekend, in two weeks", 4, "days"
    ),
    "contacts_a_day": Threshold("Contacts written down on one day", 12, "contacts"),
    "days_running": Threshold("Days with entries without one day between", 7, "days"),
    "without_supervision": Threshold("Weeks without supervision", 8, "weeks"),
    "load": Threshold("Weighted caseload, of every hundred that fit", 110, "of 100"),
    "unanswered": Threshold("Early warnings that wait for an answer", 5, "early warnings"),
}
LOOK_BACK_DAYS: Final = 14


@dataclass(frozen=True)
class Sign:
    """One sign: what is counted, in a sentence, and the days it is counted on."""

    key: str
    words: str
    days: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        if self.key not in THRESHOLDS:
            raise ValueError(f"no such sign: {self.key}")


Source = Callable[[Membership, date, Mapping[str, int]], Iterable[Sign]]
sources: Final[list[Source]] = []


def contribute(source: Source) -> Source:
    """Hang up a source; hanging it up twice asks it once."""
    if source not in sources:
        sources.append(source)
    return source


def numbers(changed: Mapping[str, int]) -> dict[str, int]:
    """The thresholds in force: a service's own where it set them; 0 switches a sign off."""
    return {key: int(changed.get(key, one.number)) for key, one in THRESHOLDS.items()}


def gather(member: Membership, today: date, thresholds: Mapping[str, int]) -> list[Sign]:
    """The signs there are today, in the order of THRESHOLDS."""
    found = [
        sign
        for source in sources
        for sign in source(member, today, thresholds)
        if thresholds[sign.key]
    ]
    return sorted(found, key=lambda sign: list(THRESHOLDS).index(sign.key))
