"""Rows that belong to a person, in every room: found in Django's own description of the models.

A room that adds a foreign key to Person is known here without being named. What cannot simply be
moved from one record to another is declared below, with the sentence people read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Model
from pghistory.models import Event

from openhiu.web.people.models import Person

_OURS: Final = "openhiu.web."
# These say which records were joined or kept apart, or are handled field by field.
_STAY: Final = {"people.Merge", "people.Apart", "people.ContactSafety"}
# Two of these cannot stand on one record: model, what has to be true of both rows, the sentence.
CLASHES: Final[dict[str, tuple[dict[str, Any], str]]] = {
    "casework.Case": (
        {},
        "Both have a client's record. Agree with the leads which one goes on first.",
    ),
    "intake.Approach": (
        {"ended_at__isnull": True},
        "Both are being approached. Finish one of the two approaches first.",
    ),
    "assurance.ProcessingHold": (
        {"lifted_at__isnull": True},
        "Both records are kept and not used for now. Lift that for one of them first.",
    ),
}
# One of these a person: where the kept record has its own, the other's stays behind with it.
TWINS: Final = {"monitoring.Coverage"}


@dataclass(frozen=True)
class Belonging:
    """One kind of row: its model and the field that names the person."""

    model: type[Model]
    field: str

    @property
    def key(self) -> str:
        """How it is written down in Merge.moved."""
        return f"{self.model._meta.label}.{self.field}"

    def rows(self, person: Person) -> Any:
        """The rows that belong to someone."""
        return self.model._default_manager.filter(**{self.field: person})

    def moving(self, absorbed: Person, kept: Person) -> Any:
        """The rows that go over: all, unless there may be one and the kept record has it."""
        if self.model._meta.label in TWINS and self.rows(kept).exists():
            return self.rows(absorbed).none()
        return self.rows(absorbed)


def belongings() -> Iterator[Belonging]:
    """Every kind of row that belongs to a person and moves with them, histories left out."""
    for relation in Person._meta.get_fields(include_hidden=True):
        model = getattr(relation, "related_model", None)
        if not relation.auto_created or relation.concrete or model is None:
            continue
        if model._meta.label in _STAY or issubclass(model, Event):
            continue
        if model.__module__.startswith(_OURS):
            yield Belonging(model, relation.field.name)


def clashes(kept: Person, absorbed: Person) -> list[str]:
    """Why two records cannot be joined now; empty where they can."""
    return [
        sentence
        for kind in belongings()
        for condition, sentence in [CLASHES.get(kind.model._meta.label, ({}, ""))]
        if sentence
        and kind.rows(kept).filter(**condition).exists()
        and kind.rows(absorbed).filter(**condition).exists()
    ]
