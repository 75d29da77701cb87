"""The database's own function that forgets one person, written from retention.forgetting.

`hiu manage write_forgetting` writes sql/forget.sql anew; a test keeps the two the same. The guards
around it, which do not change with the models, stand in forget.template.sql.
"""

# Names of tables and columns are those of our own models; no value of anybody is in this text.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.db.models import Field, Model
from pghistory.models import Event

from openhiu.web.assurance.retention.forgetting import (
    BY_ADDRESS,
    BY_KEY,
    FORGOTTEN,
    Emptied,
    Gone,
)

_PERSON: Final = "people.Person"
FILE: Final = "sql/forget.sql"


def script() -> str:
    """The whole text of sql/forget.sql."""
    parts = files("openhiu.web.assurance.retention").joinpath("forget.template.sql")
    made = {
        "declared": "\n".join(f"    {_keys(label)} uuid[];" for label in FORGOTTEN),
        "found": "\n".join(_found(label, way) for label, way in FORGOTTEN.items()),
        "named": "\n".join(_named()),
        "done": "\n".join(line for label, way in FORGOTTEN.items() for line in _done(label, way)),
        "by_key": "\n".join(_by_key()),
    }
    text = parts.read_text("utf-8")
    for name, lines in made.items():
        text = text.replace(f"    -- <{name}>", lines)
    return text


def _model(label: str) -> type[Model]:
    return apps.get_model(label)


def _table(label: str) -> str:
    return _model(label)._meta.db_table


def _keys(label: str) -> str:
    return f"k_{_table(label)}"


def _links(label: str, way: Gone | Emptied) -> Iterator[tuple[str, str]]:
    """Each column that leads on, with the keys it leads to."""
    for name in way.via:
        field: Any = _model(label)._meta.get_field(name)
        yield field.column, _keys(field.related_model._meta.label)


def _leads(label: str, way: Gone | Emptied) -> str:
    return " or ".join(f"{column} = any({keys})" for column, keys in _links(label, way))


def _found(label: str, way: Gone | Emptied) -> str:
    if label == _PERSON:
        return f"    {_keys(label)} := persons;"
    return (
        f"    {_keys(label)} := array(select id from public.{_table(label)}\n"
        f"        where service_id = mine and ({_leads(label, way)}));"
    )


def _named() -> Iterator[str]:
    """Every key whose address may stand in a draft, a token or an announcement."""
    for label in FORGOTTEN:
        yield f"    keys := keys || {_keys(label)}::text[];"


def _done(label: str, way: Gone | Emptied) -> Iterator[str]:
    table, keys = _table(label), _keys(label)
    yield from _histories(label, way)
    if isinstance(way, Gone):
        yield f"    delete from public.{table} where service_id = mine and id = any({keys});"
    else:
        yield (
            f"    update public.{table} set {_emptying(label, way)}\n"
            f"    where service_id = mine and id = any({keys});"
        )
    yield _count(label)


def _histories(label: str, way: Gone | Emptied) -> Iterator[str]:
    """Histories of these rows, also of rows that are there no more."""
    for model in apps.get_models():
        if not issubclass(model, Event) or getattr(model, "pgh_tracked_model", None) is not _model(
            label
        ):
            continue
        table = model._meta.db_table
        columns = {field.column for field in model._meta.concrete_fields}
        orphaned = " or ".join(
            f"{column} = any({keys})" for column, keys in _links(label, way) if column in columns
        )
        also = (
            f"\n        or (({orphaned}) and not exists (\n"
            f"            select from public.{_table(label)} as kept\n"
            f"            where kept.id = public.{table}.pgh_obj_id))"
            if orphaned
            else ""
        )
        yield (
            f"    delete from public.{table} where service_id = mine\n"
            f"        and (pgh_obj_id = any({_keys(label)}){also});"
        )
        yield _count(f"{label} history")


def _count(name: str) -> str:
    return (
        f"    get diagnostics n = row_count;\n    told := public.assurance_told(told, '{name}', n);"
    )


def _emptying(label: str, way: Emptied) -> str:
    plain = [f"{_column(label, name)} = {_nothing(label, name)}" for name in way.columns]
    return ", ".join([*plain, *(f"{_column(label, name)} = {sql}" for name, sql in way.instead)])


def _column(label: str, name: str) -> str:
    field: Any = _model(label)._meta.get_field(name)
    return f'"{field.column}"'


def _nothing(label: str, name: str) -> str:
    field: Field[Any, Any] = _model(label)._meta.get_field(name)
    return "null" if field.null else "''"


def _by_key() -> Iterator[str]:
    for label, (column, emptied) in BY_KEY.items():
        values = ", ".join(f"{name} = ''" for name in emptied)
        yield (
            f"    update public.{_table(label)} set {values}\n"
            f"    where service_id = mine and {column} = any(persons);"
        )
        yield _count(label)
    for label, column in BY_ADDRESS.items():
        scope = "service_id = mine and " if _has_service(label) else ""
        yield (
            f"    delete from public.{_table(label)} where {scope}exists (\n"
            f"        select from unnest(keys) as one where position(one in {column}) > 0);"
        )
        yield _count(label)


def _has_service(label: str) -> bool:
    return any(field.column == "service_id" for field in _model(label)._meta.concrete_fields)


def write() -> Path:
    """Write the file anew, beside the code."""
    path = Path(__file__).parents[1] / FILE
    path.write_text(script(), "utf-8")
    return path
