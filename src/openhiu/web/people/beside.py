"""What stands beside a record: a room above says what was put right, and what the person says of
something that stayed as it is; pages that show the record show it too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from openhiu.web.people.models import Person


@dataclass(frozen=True)
class Beside:
    """One line: what it is about, on what day, and the person's own words where it stayed.

    `item` names what is shared by it (casework.sharing.ITEMS), so that who sees that sees this.
    """

    about: str
    on: date
    statement: str = ""
    item: str = ""

    @property
    def words(self) -> str:
        """As it stands on a page, without the day."""
        return f"{self.about}: not agreed" if self.statement else f"{self.about} put right"


Source = Callable[[Person], Iterable[Beside]]
SOURCES: Final[list[Source]] = []


def told_by(source: Source) -> Source:
    """Hang up a source; hanging it up twice asks it once."""
    if source not in SOURCES:
        SOURCES.append(source)
    return source


def beside(person: Person) -> list[Beside]:
    """Everything that stands beside somebody's record, the newest first."""
    found = [one for source in SOURCES for one in source(person)]
    return sorted(found, key=lambda one: one.on, reverse=True)


@dataclass(frozen=True)
class Received:
    """Who received something of a record, in which way and when."""

    whom: str
    how: str
    on: date


Telling = Callable[[Person], Iterable[Received]]
RECEIVED: Final[list[Telling]] = []


def also_received(source: Telling) -> Telling:
    """Hang up a source of who received something; hanging it up twice asks it once."""
    if source not in RECEIVED:
        RECEIVED.append(source)
    return source


def received(person: Person) -> list[Received]:
    """Who received something beside what was shared by consent or for safety, newest first."""
    found = [one for source in RECEIVED for one in source(person)]
    return sorted(found, key=lambda one: (one.on, one.whom), reverse=True)
