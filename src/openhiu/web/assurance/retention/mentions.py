"""Where else somebody is named in free text: keys of a record come in; places go out.

Names typed into somebody else's record, a note of supervision or a list's decision cannot be
removed by a program. They are found and shown to whoever appraises, who sees to them by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db import models
from pghistory.models import Event

from openhiu.web.access.models import Kept
from openhiu.web.access.row_security import has_service, our_models
from openhiu.web.access.sealed.fields import Sealing
from openhiu.web.assurance.retention.forgetting import BY_ADDRESS, BY_KEY, FORGOTTEN
from openhiu.web.people.fold import fold
from openhiu.web.people.models import Identifier, OtherName, Person

# Shorter words than this would be found everywhere.
_SHORTEST: Final = 3
_TEXTS: Final = (models.CharField, models.TextField, models.JSONField)
_AT_ONCE: Final = 2000


@dataclass(frozen=True)
class Place:
    """One text elsewhere that names somebody: which kind of row, which field, whose key."""

    label: str
    field: str
    row: UUID | str

    @property
    def words(self) -> str:
        """What it is, in the model's own words."""
        model = apps.get_model(self.label)
        name = str(model._meta.get_field(self.field).verbose_name)
        return f"{str(model._meta.verbose_name).capitalize()}: {name}"


def places_naming(service_id: UUID, records: Iterable[UUID]) -> list[Place]:
    """Every text of the service, sealed ones too, that names them and does not go with them."""
    pattern = pattern_of(names_of(service_id, records))
    if pattern is None:
        return []
    own = _own_rows(service_id, list(records))
    return [
        place
        for model in _searched()
        for place in _in(model, service_id, pattern)
        if (place.label, str(place.row)) not in own
    ]


def pattern_of(names: set[str]) -> re.Pattern[str] | None:
    """What finds any of these names as whole words of a folded text; None where there are none."""
    if not names:
        return None
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, sorted(names)))})(?!\w)")


def names_of(service_id: UUID, records: Iterable[UUID]) -> set[str]:
    """Full names and numbers by which somebody is told from others, folded."""
    keys = list(records)
    here = {"service": service_id}
    found: set[str] = set()
    for person in Person.objects.filter(**here, pk__in=keys):
        found.update((f"{person.given_name} {person.family_name}", person.nhs_number))
        if person.given_name and person.family_name:
            found.add(person.family_name)
    found.update(OtherName.objects.filter(**here, person__in=keys).values_list("name", flat=True))
    numbers = Identifier.objects.filter(**here, person__in=keys)
    found.update(numbers.values_list("value", flat=True))
    folded = {fold(name) for name in found}
    return {name for name in folded if len(name) >= _SHORTEST}


def _searched() -> Iterator[type[models.Model]]:
    """Every table of the service that holds words; histories go with their rows."""
    for model in our_models(apps):
        label = model._meta.label
        own = {"access.AuditEntry", Kept._meta.label, *BY_ADDRESS, *BY_KEY}
        if issubclass(model, Event) or not has_service(model) or label in own:
            continue
        if label.partition(".")[0] == "team":  # only their writers read those
            continue
        yield model


def _in(model: type[models.Model], service_id: UUID, pattern: re.Pattern[str]) -> Iterator[Place]:
    fields = [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, _TEXTS) and not field.choices and field.name != "search_text"
    ]
    if not fields:
        return
    rows: Any = model._default_manager.filter(service_id=service_id).order_by()
    sealed = any(isinstance(model._meta.get_field(name), Sealing) for name in fields)
    # Rows are read whole where a seal is bound to its row.
    told = rows.iterator(_AT_ONCE) if sealed else rows.only("pk", *fields).iterator(_AT_ONCE)
    for row in told:
        for name in fields:
            value = getattr(row, name)
            if value and pattern.search(fold(str(value))):
                yield Place(model._meta.label, name, row.pk)


def _own_rows(service_id: UUID, keys: list[UUID]) -> set[tuple[str, str]]:
    """Label and key of every row that goes, or is emptied, with the record."""
    gone: dict[str, set[Any]] = {}
    for label, way in FORGOTTEN.items():
        model = apps.get_model(label)
        found: set[Any] = set(keys) if not way.via else set()
        for name in way.via:
            field: Any = model._meta.get_field(name)
            owners = gone.get(field.related_model._meta.label, set())
            rows: Any = model._default_manager.filter(service_id=service_id)
            found.update(rows.filter(**{f"{name}__in": owners}).values_list("pk", flat=True))
        gone[label] = found
    return {(label, str(key)) for label, rows in gone.items() for key in rows}
