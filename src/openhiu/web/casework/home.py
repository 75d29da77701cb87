"""The morning page's notice board: rooms hang up what is due, waits or changed; one page shows it.

    class Room(AppConfig):
        def ready(self) -> None:
            home.contribute(sections_of_this_room)

A source takes an actor and gives sections; one with nothing to say gives none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from openhiu.web.access.actor import Actor

OLD: Final = "old"  # data older than usual: said before everything that stands on them
SIGNALS: Final = "signals"  # early warnings: whom to think of first
VISITS: Final = "visits"  # today's visits, one's own and those one looks out for
CALLS: Final = "calls"  # whom to be in touch with today
ACTIONS: Final = "actions"  # what was promised for today: tasks, what a meeting decided
CONSENT: Final = "consent"  # whom to ask again
NEEDS: Final = "needs"  # what else waits for this member's hand
COVER: Final = "cover"  # for whom one answers today, and who answers for oneself
OVERNIGHT: Final = "overnight"  # what changed since yesterday
OWN: Final = "own"  # a block under its own title, for roles other than the lead
# In this order on the page.
PLACES: Final = (OLD, SIGNALS, VISITS, CALLS, ACTIONS, CONSENT, NEEDS, COVER, OVERNIGHT, OWN)


@dataclass(frozen=True)
class Line:
    """One line: what it is, where it leads, a few words more, a mark and one thing to do.

    `when` orders the lines of a place; those without it come last. `tag` is (words, colour).
    `instead_of` is the address of lines of other places that this one makes needless.
    """

    text: str
    url: str
    detail: str = ""
    when: date | datetime | None = None
    tag: tuple[str, str] = ("", "")
    act: tuple[str, str] = ("", "")
    overdue: bool = False
    instead_of: str = ""


@dataclass(frozen=True)
class Section:
    """Lines for one place. A block of its own (OWN) has a title, and says why it is empty."""

    place: str
    lines: tuple[Line, ...] = ()
    title: str = ""
    why_empty: str = ""
    more: tuple[str, str] = ("", "")
    order: int = 100


Source = Callable[[Actor], Iterable[Section]]
sections: Final[list[Source]] = []


def contribute(source: Source) -> Source:
    """Hang up a source; hanging it up twice shows it once."""
    if source not in sections:
        sections.append(source)
    return source


@dataclass(frozen=True)
class Board:
    """Everything hung up for one actor: lines by place in order, and blocks of their own."""

    places: dict[str, list[Line]] = field(default_factory=dict)
    blocks: list[Section] = field(default_factory=list)

    def __getitem__(self, place: str) -> list[Line]:
        return self.places.get(place, [])

    @property
    def calls(self) -> list[Line]:
        """Whom to be in touch with today."""
        return self[CALLS]

    @property
    def needs(self) -> list[Line]:
        """What waits for this member's hand and has no place of its own."""
        return self[NEEDS]

    @property
    def overnight(self) -> list[Line]:
        """What changed since yesterday, the newest first."""
        return self[OVERNIGHT]

    @property
    def addresses(self) -> set[str]:
        """Where every line leads."""
        return {line.url for lines in self.places.values() for line in lines}


def gather(actor: Actor) -> Board:
    """Ask every source once.

    Raises:
        ValueError: a section names a place that does not exist.
    """
    found = [section for source in sections for section in source(actor)]
    unknown = {section.place for section in found} - set(PLACES)
    if unknown:
        raise ValueError(f"no such place on the morning page: {sorted(unknown)}")
    places = {place: _lines(found, place) for place in PLACES if place != OWN}
    places[SIGNALS] = [
        line for section in found if section.place == SIGNALS for line in section.lines
    ]  # the most pressing first, as their source gives them
    said = {line.instead_of for line in places[SIGNALS]} - {""}
    places[NEEDS] = [line for line in places[NEEDS] if line.url not in said]
    # What is marked (owed, overdue, a draft, a word from supervision) before what may wait.
    places[NEEDS].sort(key=lambda line: not line.tag[0])
    places[OVERNIGHT].reverse()
    blocks = [section for section in found if section.place == OWN]
    return Board(places, sorted(blocks, key=lambda block: (block.order, block.title)))


def _lines(found: list[Section], place: str) -> list[Line]:
    """The lines of a place, the earliest first; those of a day before its moments; no day last."""
    lines = [line for section in found if section.place == place for line in section.lines]
    return sorted(lines, key=lambda line: (line.when is None, _sortable(line.when)))


def _sortable(when: date | datetime | None) -> str:
    return when.isoformat() if when else ""
