"""What may not be removed now: asked by every room that empties or deletes; filled by a room above.

A court or an inquiry has asked for records. Whoever removes anything asks here first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

EVERY: Final = "every"


@dataclass(frozen=True)
class HeldBack:
    """Keys of people (and those joined to them) whose records stay, and whole classes that stay."""

    people: frozenset[UUID] = frozenset()
    classes: frozenset[str] = frozenset()

    def holds(self, person_id: UUID | None, record_class: str = "") -> bool:
        """Whether this person's record, or a record of this class, has to stay."""
        return EVERY in self.classes or record_class in self.classes or person_id in self.people


HOLDERS: Final[list[Callable[[UUID], HeldBack]]] = []


def holds_back(holder: Callable[[UUID], HeldBack]) -> Callable[[UUID], HeldBack]:
    """Say what stays in a service; hung up once when Django is ready."""
    if holder not in HOLDERS:
        HOLDERS.append(holder)
    return holder


def held_back(service_id: UUID) -> HeldBack:
    """What stays in this service just now."""
    told = [holder(service_id) for holder in HOLDERS]
    return HeldBack(
        frozenset().union(*(one.people for one in told)),
        frozenset().union(*(one.classes for one in told)),
    )
