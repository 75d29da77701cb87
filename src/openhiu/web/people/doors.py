"""Doors that rooms above hang into this one when Django is ready: people knows none of them.

class Room(AppConfig):
    def ready(self) -> None:
        doors.gives_sight(people_on_my_caseload)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from openhiu.web.access.actor import Actor
from openhiu.web.people.models import Person
from openhiu.web.people.reading import Reading


@dataclass(frozen=True)
class Place:
    """Where someone stands: a link, a tag ("Client", "Being approached") and a word more."""

    url: str
    tag: str = ""
    note: str = ""


# A query of one column, `person_id`: people whom this actor may see because of a room's rows.
Sight = Callable[[Actor], Any]
# For some people, where each stands; those the actor may not open there are left out.
Places = Callable[[Actor, Iterable[UUID]], dict[UUID, Place]]
# Those not yet people (rows of a released list): what a reading finds among them, at most so many.
Finder = Callable[[Actor, Reading, int], list[Any]]
# What has to happen elsewhere, in the same transaction, at a death or when it was an error.
AtDeath = Callable[[Actor, Person], None]

# Where someone outside one's own can be opened with a reason; empty where nowhere.
Outside = Callable[[Actor, Person], str]

# Keys of the people of whom the organisation of an actor, an analyst, brings data.
Brought = Callable[[Actor], Iterable[UUID]]

SIGHTS: Final[list[Sight]] = []
BROUGHT: Final[list[Brought]] = []
PLACES: Final[list[Places]] = []
FINDERS: Final[list[Finder]] = []
AT_DEATH: Final[list[AtDeath]] = []
AT_RETURN: Final[list[AtDeath]] = []
OUTSIDE: Final[list[Outside]] = []


def gives_sight(sight: Sight) -> Sight:
    """Let people in this query be seen. Not asked for supervisors: they see their service."""
    return _hung(SIGHTS, sight)


def brings(brought: Brought) -> Brought:
    """Say of whom the organisation of an actor brings data: those alone it traces."""
    return _hung(BROUGHT, brought)


def leads_to(places: Places) -> Places:
    """Say where a search result leads. The first door hung that knows someone wins."""
    return _hung(PLACES, places)


def also_finds(finder: Finder) -> Finder:
    """Add results that are not people yet; they are people.search.Hit."""
    return _hung(FINDERS, finder)


def opens_outside(way: Outside) -> Outside:
    """Say where a record outside one's own is opened with a reason."""
    return _hung(OUTSIDE, way)


def at_death(act: AtDeath) -> AtDeath:
    """Run when someone is marked as died: tasks end, calls are cancelled."""
    return _hung(AT_DEATH, act)


def at_return(act: AtDeath) -> AtDeath:
    """Run when a death turns out to be an error."""
    return _hung(AT_RETURN, act)


def _hung(doors: list[Any], door: Any) -> Any:
    if door not in doors:
        doors.append(door)
    return door
