"""What stands in somebody's days: rooms give entries; the week page and a calendar show them.

    class Room(AppConfig):
        def ready(self) -> None:
            diary.contribute(entries_of_this_room)

A source takes an actor and two days and gives what falls on them. A calendar outside (a phone's)
gets the kind of an entry and its times, and nothing else: see `KINDS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from openhiu.web.access.actor import Actor
from openhiu.web.design.words import as_day, today


@dataclass(frozen=True)
class Kind:
    """What a calendar outside may say, and in which order a day shows its entries.

    `counted`: several on one day are one line with their number ("Calls due (3)").
    """

    outside: str
    order: int
    counted: str = ""


KINDS: Final[Mapping[str, Kind]] = {
    "holiday": Kind("Bank holiday", 0),
    "leave": Kind("Leave", 1),
    "cover": Kind("Cover", 2),
    "visit": Kind("Visit", 3),
    "meeting": Kind("MDT meeting", 4),
    "talk": Kind("Supervision", 5),
    "call": Kind("Call due", 6, counted="Calls due"),
    "task": Kind("Task due", 7, counted="Tasks due"),
}


@dataclass(frozen=True)
class Entry:
    """One thing on one day: `begins` and `ends` where it has a time (aware), else all day.

    `words` and `url` are for its owner's own pages and never leave the application.
    """

    kind: str
    day: date
    words: str
    url: str = ""
    begins: datetime | None = None
    ends: datetime | None = None
    detail: str = ""
    overdue: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no such kind of entry: {self.kind}")


Source = Callable[[Actor, date, date], Iterable[Entry]]
sources: Final[list[Source]] = []


def contribute(source: Source) -> Source:
    """Hang up a source; hanging it up twice shows it once."""
    if source not in sources:
        sources.append(source)
    return source


def gather(actor: Actor, first: date, last: date) -> dict[date, list[Entry]]:
    """Every day from the first to the last with its entries, those with a time in its order."""
    days: dict[date, list[Entry]] = {
        first + timedelta(days=n): [] for n in range((last - first).days + 1)
    }
    for source in sources:
        for entry in source(actor, first, last):
            if entry.day in days:
                days[entry.day].append(entry)
    return {day: sorted(entries, key=_place) for day, entries in days.items()}


def carried(due_on: date) -> date:
    """The day on which a call or a task stands: its own, or today when it is late.

    Late things never stand on a day that is over, nor wait for a working day: the week, the
    morning page and a calendar outside show the same.
    """
    return max(due_on, today())


def timed(kind: str, begins: datetime, ends: datetime, words: str, url: str = "") -> Entry:
    """An entry with its times; it stands on the day in London on which it begins."""
    return Entry(kind, as_day(begins), words, url, begins, ends)


def _place(entry: Entry) -> tuple[int, str, int, bool, str]:
    all_day = entry.begins is None
    order = KINDS[entry.kind].order
    # Whole days (holiday, leave, cover) stand above what has a time; calls and tasks below it.
    part = 0 if all_day and order < KINDS["visit"].order else 2 if all_day else 1
    begins = "" if entry.begins is None else entry.begins.isoformat()
    return (part, begins, order, not entry.overdue, entry.words)
