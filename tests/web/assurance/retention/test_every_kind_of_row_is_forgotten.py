"""Every kind of row that leads to a person is forgotten with them, or says why it stays."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from django.apps import apps
from django.db.models import Model, UUIDField
from pghistory.models import Event

from openhiu.web.access.row_security import our_models
from openhiu.web.assurance.retention.classes import CLASSES, KEPT
from openhiu.web.assurance.retention.clock import TOUCHES
from openhiu.web.assurance.retention.forgetting import BY_KEY, FORGOTTEN, STAYS, Emptied, Gone
from openhiu.web.assurance.retention.script import FILE, script

# Names that a column with a person's key has where there is no foreign key.
_KEYS = ("person_id", "person", "about", "client_id")


def rows() -> list[type[Model]]:
    return [model for model in our_models(apps) if not issubclass(model, Event)]


def leading() -> dict[str, set[str]]:
    """Every model that leads to a person, on whatever way, with the fields that lead."""
    found: dict[str, set[str]] = {"people.Person": set()}
    before = -1
    while before != sum(map(len, found.values())):
        before = sum(map(len, found.values()))
        for model in rows():
            label = model._meta.label
            leads = {
                field.name
                for field in model._meta.concrete_fields
                if field.is_relation
                and field.related_model._meta.label in found
                and field.related_model._meta.label not in STAYS
            } | {
                field.name
                for field in model._meta.concrete_fields
                if isinstance(field, UUIDField) and not field.is_relation and field.name in _KEYS
            }
            if leads and label != "people.Person":
                found.setdefault(label, set()).update(leads)
    return found


def test_every_model_that_leads_to_a_person_says_what_becomes_of_it() -> None:
    missing = set(leading()) - set(FORGOTTEN) - set(STAYS)
    assert not missing, (
        f"{sorted(missing)} lead to a person: say in retention/forgetting.py what becomes of them, "
        "then run hiu manage write_forgetting"
    )


def test_nothing_is_said_of_models_that_do_not_lead_to_a_person() -> None:
    assert set(FORGOTTEN) | set(STAYS) <= set(leading()) | {"assurance.Certificate"}


def test_each_goes_by_a_field_that_leads_on_and_after_what_it_leads_to() -> None:
    seen: set[str] = set()
    for label, way in FORGOTTEN.items():
        for name in way.via:
            field: Any = apps.get_model(label)._meta.get_field(name)
            assert field.related_model._meta.label in seen, f"{label} comes before its owner"
        seen.add(label)


def test_no_row_that_stays_leads_to_one_that_goes() -> None:
    for model in rows():
        way = FORGOTTEN.get(model._meta.label)
        if isinstance(way, Gone):
            continue
        for field in model._meta.concrete_fields:
            target = field.related_model._meta.label if field.is_relation else ""
            if isinstance(FORGOTTEN.get(target), Gone):
                emptied = isinstance(way, Emptied) and field.name in way.columns
                assert emptied, f"{model._meta.label}.{field.name} would lead nowhere"


def test_every_text_of_an_emptied_row_is_emptied_or_is_ours() -> None:
    """What stays are choices, counts, dates and words of ours: no field somebody types into."""
    ours = {
        "intake.Listed": {"list_id", "rules", "change", "set_aside_as", "sex"},
        "intake.Approach": {"quarter", "phase"},
        "assurance.RightsRequest": {"extended_reason"},
        "assurance.Disclosure": {"organisation", "adviser"},
        "assurance.Entry": {"kind"},
        "assurance.Duty": {"what"},
    }
    for label, way in FORGOTTEN.items():
        if not isinstance(way, Emptied):
            continue
        named = {*way.columns, *(name for name, _ in way.instead)}
        for field in apps.get_model(label)._meta.concrete_fields:
            typed = field.get_internal_type() in ("CharField", "TextField", "JSONField")
            if typed and not field.choices and field.name not in named | ours.get(label, set()):
                raise AssertionError(f"{label}.{field.name} keeps what somebody typed")


def test_the_databases_function_is_what_the_table_says() -> None:
    kept = files("openhiu.web.assurance").joinpath(FILE).read_text("utf-8")
    assert kept == script(), "run hiu manage write_forgetting"


def test_every_history_of_a_forgotten_row_is_forgotten_with_it() -> None:
    text = script()
    for model in apps.get_models():
        tracked = getattr(model, "pgh_tracked_model", None)
        if tracked is not None and tracked._meta.label in FORGOTTEN:
            assert f"delete from public.{model._meta.db_table} where" in text


def test_every_touch_is_a_field_and_the_last_of_each_kind_of_contact_is_among_them() -> None:
    for label, way, when in TOUCHES:
        model = apps.get_model(label)
        assert model._meta.get_field(when).get_internal_type() in ("DateField", "DateTimeField")
        assert way == "pk" or model._meta.get_field(way.partition("__")[0])
    told = {label for label, _, _ in TOUCHES}
    assert {"casework.Contact", "intake.Attempt", "letters.Outgoing", "casework.Share",
            "mdt.Slot", "casework.PhaseChange"} <= told  # fmt: skip


def test_every_class_has_a_number_or_a_reason_and_a_source() -> None:
    for one in CLASSES.values():
        assert one.source and (one.number or one.way == KEPT)


def test_keys_without_a_foreign_key_are_emptied_by_the_key() -> None:
    for label, (column, emptied) in BY_KEY.items():
        names = {field.name for field in apps.get_model(label)._meta.concrete_fields}
        assert {column, *emptied} <= names
