"""The inventory of what is kept and what crosses cannot drift from the software: every model and
every column stands in one entry, and readers and limits are those of the code.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from pghistory.models import Event

from openhiu.report.starter_pack.risks import HAZARDS, Hazard
from openhiu.tables import handover
from openhiu.tables.fields import KINDS, declared
from openhiu.tables.holdings import HOLDINGS
from openhiu.tables.keeping import ROLE_WORDS, Holding, Limit
from openhiu.tables.leaving import DOORS, Door
from openhiu.tables.sharing import SHAREABLE
from openhiu.web.access.models import Role
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework.sharing import ITEMS
from openhiu.web.intake.reading import listing


def kept_models() -> set[str]:
    """Every model; a history belongs to what it is the history of."""
    found = set()
    for model in apps.get_models():
        history = issubclass(model, Event) and hasattr(model, "pgh_tracked_model")
        found.add((model.pgh_tracked_model if history else model)._meta.label)
    return found


def key(one: Holding | Door) -> str:
    return one.key


def test_every_model_of_every_room_belongs_to_exactly_one_holding() -> None:
    named = Counter(label for holding in HOLDINGS for label in holding.models)
    assert [label for label, times in named.items() if times > 1] == []
    # The made-up service of a demonstration keeps nothing of its own.
    assert kept_models() == set(named)


def fields_of(model: Any) -> set[str]:
    return {field.name for field in model._meta.concrete_fields}


def test_every_field_of_every_model_is_in_the_inventory_and_nothing_else_is() -> None:
    """Someone who adds a field says here what may be done with it: propose_inventory helps."""
    there = {apps.get_model(label)._meta.label: apps.get_model(label) for label in kept_models()}
    kept = {f"{label}.{name}" for label, model in there.items() for name in fields_of(model)}
    told = {f"{label}.{name}" for label, fields in declared().items() for name in fields}
    assert sorted(kept - told) == [], "not in src/openhiu/tables/data_inventory.toml"
    assert sorted(told - kept) == [], "no longer in the software"


def test_what_a_field_is_agrees_with_what_the_database_keeps_in_it() -> None:
    """A colleague is a link to a member; nobody's words stand where only a key should."""
    for label, fields in declared().items():
        model: Any = apps.get_model(label)
        for name, kind in fields.items():
            field = model._meta.get_field(name)
            if kind == "worker":
                assert field.related_model._meta.label in ("access.Membership", "access.User"), name
            if field.primary_key or (field.is_relation and kind not in ("worker", "body")):
                assert kind == "key", f"{label}.{name}"
            if kind == "key" and not field.is_relation:
                assert field.primary_key or field.unique, f"{label}.{name}"


def test_what_is_sealed_may_never_stand_in_a_log() -> None:
    for label, fields in declared().items():
        model: Any = apps.get_model(label)
        for name, kind in fields.items():
            if type(model._meta.get_field(name)).__name__.startswith(("Sealed", "Blind")):
                assert KINDS[kind].log != "may" or kind == "bookkeeping", f"{label}.{name}"


def test_no_two_holdings_share_a_name() -> None:
    assert max(Counter(map(key, HOLDINGS)).values()) == 1
    assert max(Counter(map(key, DOORS)).values()) == 1


@pytest.mark.parametrize("holding", HOLDINGS, ids=key)
def test_who_may_read_is_who_holds_the_permission(holding: Holding) -> None:
    wanted = [Permission[name] for name in holding.permissions]
    roles = {role.value for role in Role if any(may(role, one) for one in wanted)}
    assert set(holding.readers) == roles
    assert holding.readers or holding.scope or holding.key == "own_eyes"


def test_every_role_has_its_words() -> None:
    assert set(ROLE_WORDS) == set(Role.values)


def limits() -> list[Limit]:
    return [holding.limit for holding in HOLDINGS if holding.limit]


@pytest.mark.parametrize("limit", limits(), ids=lambda limit: limit.place)
def test_a_limit_is_the_number_that_the_code_keeps_to(limit: Limit) -> None:
    module, _, name = limit.place.partition(":")
    found: Any = import_module(module)
    owner, _, field = name.partition(".")
    found = getattr(found, owner)
    if field:
        found = found._meta.get_field(field).default
    expected = {
        "day": timedelta(days=limit.number),
        "days": timedelta(days=limit.number),
        "hours": timedelta(hours=limit.number),
    }
    assert found in (limit.number, expected.get(limit.unit))


def test_the_length_of_a_session_is_told_as_it_is() -> None:
    [sessions] = [one for one in HOLDINGS if one.key == "sessions"]
    assert f"{settings.IDLE_SECONDS // 60} minutes" in sessions.kept
    assert f"{settings.ABSOLUTE_SECONDS // 3600} hours" in sessions.kept


def columns_of(constant: str) -> tuple[str, ...]:
    module, _, name = constant.rpartition(":")
    found: tuple[str, ...] = getattr(import_module(module) if module else handover, name)
    return found


def test_every_constant_of_columns_belongs_to_one_door() -> None:
    there = {name for name in vars(handover) if name.endswith("_COLUMNS")}
    beside = {f"{listing.__name__}:{name}" for name in ("SUGGESTIONS", "CHANGES", "FLOW",
                                                        "FAIRNESS")}  # fmt: skip
    assert Counter(name for door in DOORS for name in door.constants) == Counter(there | beside)


@pytest.mark.parametrize("door", DOORS, ids=key)
def test_every_column_of_a_door_is_in_one_of_its_entries(door: Door) -> None:
    declared = [column for name in door.constants for column in columns_of(name)]
    assert sorted(door.columns) == sorted(declared)


def test_what_can_be_shared_is_told_as_the_workspace_offers_it() -> None:
    assert {name: (item.label, item.place) for name, item in ITEMS.items()} == SHAREABLE


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard.key)
def test_every_control_that_an_assessment_names_is_in_the_software(hazard: Hazard) -> None:
    assert hazard.controls
    assert [c.module for c in hazard.controls if find_spec(c.module) is None] == []
