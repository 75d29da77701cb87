"""I6: whose each row is, in every table that names a person; taken before a joining and after."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.apps import apps
from pghistory.models import Event

from openhiu.web.people.models import Person

# These say which records were joined or kept apart; they are about both.
_ABOUT_BOTH = {"people.Merge", "people.Apart"}


def belongings_of(people: Iterable[UUID]) -> dict[tuple[str, Any], Any]:
    """(table and column, row) → whose it is, for every row of these people."""
    wanted = list(people)
    found = {}
    for model, column in naming_people():
        rows = model._default_manager.filter(**{f"{column}__in": wanted})
        for key, whose in rows.values_list("pk", column):
            found[(f"{model._meta.label}.{column}", key)] = whose
    return found


def naming_people() -> list[tuple[Any, str]]:
    """Every model of ours and its column that names a person, histories left out."""
    return [
        (model, field.attname)
        for model in apps.get_models()
        if model.__module__.startswith("openhiu.web.")
        and not issubclass(model, Event)
        and model._meta.label not in _ABOUT_BOTH
        for field in model._meta.concrete_fields
        if field.related_model is Person and model is not Person
    ]
