"""Sealed columns seen as rows of tables, whatever stands in them: for the upgrade and for keys.

Run by the tables' owner, service by service, in batches that each commit: what was done stays done
when it is stopped, and the application writes meanwhile. A row that somebody else has just changed
is left for the next look. No history is written: nothing changed but the envelope.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import pgtrigger
from django.apps import apps
from django.db import connection, models, transaction
from psycopg import sql

from openhiu.web.access.sealed import envelope
from openhiu.web.access.sealed.envelope import Place
from openhiu.web.access.sealed.fields import SealedBytes, Sealing

_BATCH: Final = 200
_SERVICE: Final = "openhiu.service"
Cells = tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    """One table with sealed columns. `row` is the column of the key that is bound in."""

    model: type[models.Model]
    fields: tuple[Sealing, ...]

    @property
    def name(self) -> sql.Identifier:
        """As SQL."""
        return sql.Identifier(self.model._meta.db_table)

    @property
    def key(self) -> sql.Identifier:
        """The table's own key."""
        return sql.Identifier(self.model._meta.pk.column)

    @property
    def row(self) -> sql.Identifier:
        """What a value is bound to: a history's rows, to what they are about."""
        history = hasattr(self.model, "pgh_tracked_model")
        return sql.Identifier("pgh_obj_id") if history else self.key


def tables() -> list[Table]:
    """Every table with sealed columns, histories included."""
    found = []
    for model in apps.get_models():
        fields = tuple(f for f in model._meta.concrete_fields if isinstance(f, Sealing))
        if fields and model._meta.managed and not model._meta.proxy:
            found.append(Table(model, fields))
    return found


def services() -> list[UUID]:
    """Every service of the installation."""
    return list(apps.get_model("access", "Service").objects.values_list("pk", flat=True))


def counted(table: Table, service: UUID) -> dict[str, Counter[str]]:
    """For each column: how many values under each key, "" for what is not sealed."""
    with _looking(service) as cursor:
        return {field.attname: _counted(cursor, table, field, service) for field in table.fields}


def stale(table: Table, service: UUID, key_id: str) -> Iterator[list[Cells]]:
    """Batches of rows in which something is not under this key: (key, row, *values)."""
    yield from _batches(table, service, [_is_not(field, key_id) for field in table.fields])


def every(table: Table, service: UUID) -> Iterator[list[Cells]]:
    """Batches of every row in which something stands."""
    yield from _batches(table, service, [_is_something(field) for field in table.fields])


def write(
    table: Table, service: UUID, rows: Iterable[Cells], renew: Callable[[Sealing, Place, Any], Any]
) -> int:
    """Put `renew(field, place, value)` where each value stands; the rows that were written."""
    names = [sql.Identifier(field.column) for field in table.fields]
    places = sql.SQL(", ").join(sql.SQL("{} = %s").format(name) for name in names)
    same = sql.SQL(" and ").join(sql.SQL("{} is not distinct from %s").format(n) for n in names)
    statement = sql.SQL("update {} set {} where {} = %s and {}").format(
        table.name, places, table.key, same
    )
    written = 0
    with _looking(service) as cursor:
        for key, row, *old in rows:
            new = [
                renew(field, Place(field.column_name, row, service), value)
                for field, value in zip(table.fields, old, strict=True)
            ]
            cursor.execute(statement, [*new, key, *old])
            written += cursor.rowcount
    return written


def _batches(
    table: Table, service: UUID, wanted: Sequence[sql.Composable]
) -> Iterator[list[Cells]]:
    columns = [table.key, table.row, *(sql.Identifier(field.column) for field in table.fields)]
    beyond, last = sql.SQL("true"), None
    while True:
        statement = sql.SQL(
            "select {} from {} where service_id = %s and ({}) and ({}) order by {} limit {}"
        ).format(
            sql.SQL(", ").join(columns), table.name, sql.SQL(" or ").join(wanted), beyond,
            table.key, _BATCH,
        )  # fmt: skip
        with _looking(service) as cursor:
            cursor.execute(statement, [service, *([last] if last is not None else [])])
            rows = cursor.fetchall()
        if rows:
            yield rows
        if len(rows) < _BATCH:
            return
        beyond, last = sql.SQL("{} > %s").format(table.key), rows[-1][0]


def _counted(cursor: Any, table: Table, field: Sealing, service: UUID) -> Counter[str]:
    name = sql.Identifier(field.column)
    head = len(envelope.prefix())
    key = sql.SQL("substring({} from {} for 8)").format(name, head + 1)
    if isinstance(field, SealedBytes):
        key = sql.SQL("encode({}, 'escape')").format(key)
    statement = sql.SQL(
        "select case when {} then {} else '' end, count(*) from {} "
        "where service_id = %s and {} group by 1"
    ).format(_is_sealed(field), key, table.name, _is_something(field))
    cursor.execute(statement, [service])
    return Counter(dict(cursor.fetchall()))


def _is_something(field: Sealing) -> sql.Composable:
    return sql.SQL("length({}) > 0").format(sql.Identifier(field.column))


def _is_sealed(field: Sealing, key_id: str = "") -> sql.Composable:
    begin, name = envelope.prefix(key_id), sql.Identifier(field.column)
    if isinstance(field, SealedBytes):
        return sql.SQL("substring({} from 1 for {}) = {}").format(name, len(begin), begin.encode())
    return sql.SQL("starts_with({}, {})").format(name, begin)


def _is_not(field: Sealing, key_id: str) -> sql.Composable:
    return sql.SQL("({} and not {})").format(_is_something(field), _is_sealed(field, key_id))


class _looking:  # noqa: N801  (a block, not a thing)
    """A transaction of one service, in which no trigger writes history or says no."""

    def __init__(self, service: UUID) -> None:
        self._service, self._block = service, transaction.atomic()

    def __enter__(self) -> Any:
        self._block.__enter__()
        self._cursor = connection.cursor()
        skipped = ",".join(trigger.get_pgid(model) for model, trigger in pgtrigger.registered())
        self._cursor.execute(
            "select set_config(%s, %s, true), set_config('pgtrigger.ignore', %s, true)",
            [_SERVICE, str(self._service), f"{{{skipped}}}"],
        )
        return self._cursor

    def __exit__(self, *fault: Any) -> None:
        self._cursor.close()
        self._block.__exit__(*fault)
