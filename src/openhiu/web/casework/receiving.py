"""Who else received something about a client: rooms above tell, the client's page shows.

receiving.also_tells(disclosures_about)  # in apps.ready()
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from openhiu.web.access.actor import Actor
from openhiu.web.people.models import Person


@dataclass(frozen=True)
class Received:
    """One time somebody outside received something: when, who, on what ground, and whether the
    client knows.
    """

    at: datetime
    whom: str
    ground: str
    told: bool


Tells = Callable[[Actor, Person], Iterable[Received]]
SOURCES: Final[list[Tells]] = []


def also_tells(source: Tells) -> Tells:
    """Hang up a source; hanging it up twice asks it once."""
    if source not in SOURCES:
        SOURCES.append(source)
    return source


def received(actor: Actor, person: Person) -> list[Received]:
    """Everything that was given to others about a person the actor may see, newest first."""
    found = [one for source in SOURCES for one in source(actor, person)]
    return sorted(found, key=lambda one: one.at, reverse=True)
