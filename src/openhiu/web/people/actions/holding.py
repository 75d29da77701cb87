"""Holding a row while it is changed: a key comes in, the locked row or a clash goes out."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model
from django.utils.formats import date_format

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing, Stale

Row = TypeVar("Row", bound=Model)


def held(model: type[Row], by: Actor, key: Any) -> Row:
    """The row of the actor's service, locked until the transaction ends.

    Raises:
        Missing: there is none.
    """
    rows: Any = model._default_manager.select_for_update(of=("self",))
    row: Row | None = rows.filter(service_id=by.service_id, pk=key).first()
    if row is None:
        raise Missing
    return row


def refuse_stale(row: Any, version: int, wanted: dict[str, Any], labels: dict[str, str]) -> None:
    """Refuse a save drawn from an older version.

    Raises:
        Stale: with every field that would change what someone else saved.
    """
    if row.version == version:
        return
    raise Stale(
        [
            (labels.get(name, name), shown(row, name), _text(row, name, value))
            for name, value in wanted.items()
            if getattr(row, name) != value
        ]
    )


def changed(row: Any, wanted: dict[str, Any]) -> list[str]:
    """Put the values on the row; the names of the fields that changed."""
    different = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in different:
        setattr(row, name, wanted[name])
    return different


def shown(row: Any, name: str) -> str:
    """A field's value as a person reads it."""
    return _text(row, name, getattr(row, name))


def _text(row: Any, name: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if hasattr(value, "year"):
        return date_format(value, "j F Y")
    choices = dict(row._meta.get_field(name).flatchoices)
    return str(choices.get(value, value if value is not None else ""))
