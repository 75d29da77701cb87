"""Everything that is held about a person: a person comes in; sections of items with their fields in
plain words go out, each with why somebody has to read it before it is given.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db.models import ForeignKey, Model, Q, UUIDField
from pghistory.models import Event

from openhiu.tables.fields import KINDS, NOT_GIVEN, REVIEWED, declared
from openhiu.web.access.models import Membership
from openhiu.web.assurance.held import words
from openhiu.web.assurance.held.saying import plain
from openhiu.web.assurance.held.ways import WAYS, Way
from openhiu.web.assurance.models import RightsRequest
from openhiu.web.people.models import Person
from openhiu.web.people.queries import identities

# Each of these has to be decided by itself; the others may be confirmed a page at a time.
ALONE: Final = frozenset({"others", "opinion", "file"})
PLACE: Final = "place"
LISTED: Final = "intake.Listed"
TRACE: Final = "access.AuditEntry"
_WHOLE: Final = frozenset({"people.person", "casework.case"})
PROTECTED: Final = (
    "Not printed: your details are protected, so this copy does not say where you are."
)
_WORDED: Final = frozenset({"identity", "place", "words", "others", "opinion"})


@dataclass(frozen=True)
class Fact:
    """One field of one row: its label, its value in words, and the key of its kind."""

    name: str
    label: str
    value: str
    kind: str

    @property
    def reviewed(self) -> bool:
        """Whether somebody reads it before it is given."""
        return KINDS[self.kind].access == REVIEWED


@dataclass(frozen=True)
class Earlier:
    """What a field said before, and until when."""

    label: str
    name: str
    said: str
    until: datetime
    kind: str

    @property
    def reviewed(self) -> bool:
        """Whether somebody reads it first: words that were taken out are no less read."""
        return KINDS[self.kind].access == REVIEWED


@dataclass(frozen=True)
class Item:
    """One row, as it would be given."""

    model: str
    row: str
    when: Any
    facts: tuple[Fact, ...]
    earlier: tuple[Earlier, ...] = ()
    file: str = ""  # the name of a file that goes with it
    of: frozenset[tuple[str, str]] = frozenset()  # rows it tells of: label in small letters, key

    @property
    def parts(self) -> tuple[Fact | Earlier, ...]:
        """What its fields say and said."""
        return (*self.facts, *self.earlier)

    @property
    def to_review(self) -> bool:
        """Whether somebody has to read it first."""
        return any(one.reviewed for one in self.parts) or bool(self.file)

    @property
    def alone(self) -> bool:
        """Whether it has to be decided by itself: others are in it, or a colleague's judgement."""
        return bool(self.file) or any(one.kind in ALONE for one in self.parts)

    @property
    def fingerprint(self) -> str:
        """The same as long as the row says the same."""
        said = [[one.name, one.value] for one in self.facts]
        before = [[one.name, one.said] for one in self.earlier]
        return hashlib.sha256(json.dumps([said, before]).encode()).hexdigest()


@dataclass(frozen=True)
class Section:
    """One kind of thing that is held, with its rows in the order they were written."""

    way: Way
    items: tuple[Item, ...] = field(default_factory=tuple)

    @property
    def model(self) -> str:
        """Its model's label."""
        return self.way.model


def gather(person: Person) -> list[Section]:
    """All of it, by section; sections with nothing in them are left out."""
    person, keys = standing_for(person), records(person)
    found = (section(way, person, keys) for way in WAYS)
    return [one for one in found if one.items]


def held_for(request: RightsRequest) -> list[Section]:
    """What is held about the one who asks; of somebody without a record, their rows of lists."""
    if request.person is not None:
        return gather(request.person)
    way = next(one for one in WAYS if one.model == LISTED)
    items = tuple(_item(way, row, None) for row in _unmatched(request))
    return [Section(way, items)] if items else []


def _unmatched(request: RightsRequest) -> Any:
    model: Any = apps.get_model(LISTED)
    rows = model._default_manager.filter(service=request.service_id, person=None)
    number = request.listed_number
    found = rows.filter(nhs_number=number) if number else rows.none()
    return found.select_related(*_relations(model)).order_by("pk")


def item_for(request: RightsRequest, model: str, row: str) -> Item | None:
    """One item of what is held about the one who asks."""
    if request.person is not None:
        return item_of(request.person, model, row)
    found = [one for part in held_for(request) for one in part.items]
    return next((one for one in found if (one.model, one.row) == (model, row)), None)


def records(person: Person) -> list[UUID]:
    """The record that stands, and every one that was ever joined to it."""
    return identities(standing_for(person))


def standing_for(person: Person) -> Person:
    """The record that stands for somebody now, whichever half was asked about."""
    while person.merged_into is not None:
        person = person.merged_into
    return person


def section(way: Way, person: Person, keys: list[UUID]) -> Section:
    """One kind of row."""
    rows = _rows(way, person, keys)
    return Section(way, tuple(_item(way, row, person) for row in rows))


def item_of(person: Person, model: str, row: str) -> Item | None:
    """One item, where it belongs to this person."""
    way = next((one for one in WAYS if one.model == model), None)
    if way is None:
        return None
    person = standing_for(person)
    found = _rows(way, person, records(person)).filter(pk=row).first()
    return None if found is None else _item(way, found, person)


def row_of(person: Person, model: str, row: Any) -> Any:
    """The row itself, where it belongs to this person; else None."""
    way = next((one for one in WAYS if one.model == model), None)
    if way is None:
        return None
    return _rows(way, standing_for(person), records(person)).filter(pk=row).first()


def _rows(way: Way, person: Person, keys: list[UUID]) -> Any:
    model: Any = apps.get_model(way.model)
    belongs = Q()
    for look_up in way.to_person:
        belongs |= Q(**{f"{look_up}__in": keys})
    if way.model == LISTED and person.nhs_number:
        # On a list that nobody matched to them yet.
        belongs |= Q(person=None, nhs_number=person.nhs_number)
    rows = model._default_manager.filter(belongs)
    if any(one.attname == "service_id" for one in model._meta.concrete_fields):
        rows = rows.filter(service=person.service_id)
    return rows.distinct().select_related(*_relations(model)).order_by(*_order(way))


def _order(way: Way) -> tuple[str, ...]:
    return (way.when, "pk") if way.when else ("pk",)


@lru_cache(maxsize=256)
def _relations(model: type[Model]) -> tuple[str, ...]:
    found = []
    for one in model._meta.concrete_fields:
        if isinstance(one, ForeignKey) and one.name not in ("service", "person"):
            member = one.related_model is Membership
            found.append(f"{one.name}__user" if member else one.name)
    return tuple(found)


def _item(way: Way, row: Any, person: Person | None) -> Item:
    kinds = declared()[way.model]
    facts = tuple(_facts(row, kinds, person))
    file = f"{way.model}-{row.pk}.{row.form}" if way.model == "letters.Copy" else ""
    when = getattr(row, way.when) if way.when else None
    earlier = tuple(_earlier(row, kinds, person))
    return Item(way.model, str(row.pk), when, facts, earlier, file, _tells_of(row))


def _tells_of(row: Any) -> frozenset[tuple[str, str]]:
    """Which rows it belongs to, or is a trace of; a whole person or case is not meant."""
    found = {
        (one.related_model._meta.label_lower, str(getattr(row, one.attname)))
        for one in row._meta.concrete_fields
        if isinstance(one, ForeignKey) and getattr(row, one.attname)
    }
    if row._meta.label == TRACE and row.about_id:
        found.add((row.about, str(row.about_id)))
    return frozenset(one for one in found if one[0] not in _WHOLE)


def _facts(row: Any, kinds: dict[str, str], person: Person | None) -> Iterator[Fact]:
    for one in row._meta.concrete_fields:
        kind = kinds.get(one.name, "key")
        if KINDS[kind].access == NOT_GIVEN or kind == "file" or isinstance(one, UUIDField):
            continue  # keys of ours say nothing to anybody
        said = plain(row, one.name)
        if said:
            hidden = kind == PLACE and person is not None and person.restricted
            yield Fact(one.name, words.label(one.name, str(one.verbose_name)),
                       PROTECTED if hidden else said, kind)  # fmt: skip


def _earlier(row: Any, kinds: dict[str, str], person: Person | None) -> Iterator[Earlier]:
    """What worded fields said before, oldest first, from the history of the row."""
    history = _history(row._meta.model)
    if history is None:
        return
    events = list(history._default_manager.filter(pgh_obj=row.pk).order_by("pgh_created_at", "pk"))
    kept = {one.name for one in history._meta.concrete_fields}
    for one in row._meta.concrete_fields:
        kind = kinds.get(one.name, "key")
        hidden = kind == PLACE and person is not None and person.restricted
        if kind not in _WORDED or one.name not in kept or hidden:
            continue
        label = words.label(one.name, str(one.verbose_name))
        for before, after in pairwise(events):
            said = plain(before, one.name)
            if said and said != plain(after, one.name):
                yield Earlier(label, one.name, said, after.pgh_created_at, kind)


@lru_cache(maxsize=256)
def _history(model: Any) -> Any:
    return next(
        (
            one
            for one in apps.get_models()
            if issubclass(one, Event) and getattr(one, "pgh_tracked_model", None) is model
            and any(part.name == "pgh_obj" for part in one._meta.concrete_fields)
        ),
        None,
    )  # fmt: skip
