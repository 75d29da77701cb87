"""Every field that is kept, of the workspace and of the hospital's store, as one row each: what it
is, whom it tells of, for what, on which basis, how long, which rights, and what may be logged.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Final

import django
from django.apps import apps

from openhiu.report.starter_pack.inventory import how_long, readers
from openhiu.tables.activity import PEOPLE, TABLES
from openhiu.tables.fields import KINDS, NOT_GIVEN, FieldKind, declared
from openhiu.tables.holdings import HOLDINGS
from openhiu.tables.keeping import BEFORE_CONSENT, Holding
from openhiu.tables.schema import Column, Type
from openhiu.web.assurance.held.left_out import LEFT_OUT

STORE: Final = "hospital store"
WORKSPACE: Final = "workspace"
_STORE_PURPOSE: Final = "finding whom to ask, and counting what changed"
_STORE_READERS: Final = "Hospital analysts, on the hospital's own machines"
_STORE_KEPT: Final = "As the hospital decides; about people until a newer delivery or a purge"
_PLACES: Final = ("phone", "lsoa", "gp_practice", "address", "postcode")


@dataclass(frozen=True)
class Entry:
    """One field. `sealed`: only a sealed form of it is in the database, its key outside."""

    where: str
    holding: str
    model: str
    field: str
    kind: str
    about: str
    purpose: str
    basis: str
    retention: str
    readers: str
    goes_to: str
    access: str
    rectify: str
    erase: str
    log: str
    sealed: bool
    health: bool

    def as_dict(self) -> dict[str, Any]:
        """As plain data, in the order of the columns."""
        return asdict(self)


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """All of them: the workspace by holding, then the hospital's store by table."""
    _load()
    workspace = (
        _entry(holding, model, name, kind)
        for holding in HOLDINGS
        for model in holding.models
        for name, kind in declared().get(model, {}).items()
    )
    store = (
        _store_entry(table.name, column) for table in TABLES.values() for column in table.columns
    )
    return (*workspace, *store)


def fingerprint() -> str:
    """The same as long as the inventory says the same."""
    said = json.dumps([one.as_dict() for one in entries()], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _load() -> None:
    """The models, where nobody has loaded them yet; no database is asked."""
    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openhiu.web.config.settings")
        django.setup()


def _entry(holding: Holding, model: str, name: str, kind: str) -> Entry:
    known = KINDS[kind]
    about = known.about or holding.about
    return Entry(
        WORKSPACE, holding.key, model, name, known.words, about, holding.purpose, holding.basis,
        how_long(holding), readers(holding), holding.goes_to, _access(known, model),
        known.rectify, known.erase, known.log, _sealed(model, name),
        holding.health and about == holding.about and known.log == "never",
    )  # fmt: skip


def _access(kind: FieldKind, model: str) -> str:
    """What the copy leaves out as a whole is given in none of its fields."""
    return NOT_GIVEN if model in LEFT_OUT else kind.access


def _sealed(model: str, name: str) -> bool:
    field = apps.get_model(model)._meta.get_field(name)
    return type(field).__name__.startswith(("Sealed", "Blind"))


def _store_entry(table: str, column: Column) -> Entry:
    known = KINDS[_store_kind(table, column)]
    return Entry(
        STORE, "store", table, column.name, known.words, "people who attended", _STORE_PURPOSE,
        BEFORE_CONSENT, _STORE_KEPT, _STORE_READERS, "the service: the list, and what clients need",
        "given", known.rectify, known.erase, "never", sealed=False,
        health=table != PEOPLE.name,
    )  # fmt: skip


def _store_kind(table: str, column: Column) -> str:
    if column.name in _PLACES:
        return "place"
    if column.type in (Type.PERSON,) or "birth" in column.name:
        return "identity"
    if table == PEOPLE.name and column.type is Type.TEXT:
        return "identity"
    return "time" if column.type in (Type.TIMESTAMP, Type.DATE) else "fact"
