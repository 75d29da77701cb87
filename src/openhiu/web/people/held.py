"""Whose record is kept and not used for now (restriction of processing): a room above says so, and
every room that shares, counts or is in touch asks here.

    class Room(AppConfig):
        def ready(self) -> None:
            held.told_by(people_held)  # a service's key in; a query of keys of people out
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final
from uuid import UUID

from openhiu.web.people.models import Person

Source = Callable[[Any], Any]
SOURCES: Final[list[Source]] = []
WHY: Final = (
    "Their record is kept and not used for now, as they asked or while something about it is "
    "looked into. Do not share it or be in touch. If somebody may come to harm, act: "
    "keeping someone safe is never stopped."
)


def told_by(source: Source) -> Source:
    """Hang up a source; hanging it up twice asks it once."""
    if source not in SOURCES:
        SOURCES.append(source)
    return source


def held(service_id: Any, among: Iterable[UUID] | None = None) -> set[UUID]:
    """Whose record is not used in a service: all, or those among some people. One query a source.

    Whoever was joined to such a record is held with it.
    """
    wanted = None if among is None else set(among)
    found = {
        key for source in SOURCES for key in source(service_id).values_list("person_id", flat=True)
    }
    if not found:
        return found
    joined = Person.objects.filter(service=service_id, merged_into__in=found)
    found |= set(joined.values_list("pk", flat=True))
    return found if wanted is None else found & wanted


def is_held(person: Person) -> bool:
    """Whether one person's record is not used for now."""
    keys = [person.pk, *([person.merged_into_id] if person.merged_into_id else [])]
    return any(source(person.service_id).filter(person_id__in=keys).exists() for source in SOURCES)
