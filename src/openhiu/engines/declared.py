"""Given tables under their declared columns: files, frames or nothing come in; a named view with
every declared column, typed, goes out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from openhiu.engines.base import Engine
from openhiu.tables.identifiers import ABSENT_WORDS
from openhiu.tables.schema import Table, Type

_SQL_TYPES: Final[Mapping[Type, str]] = {
    Type.TIMESTAMP: "timestamp",
    Type.DATE: "date",
    Type.INTEGER: "integer",
    Type.BOOLEAN: "boolean",
}


def view_as_declared(engine: Engine, table: Table, *, key: str) -> None:
    """The declared columns of what is registered as `<name>_given`; those it lacks are null.

    `key` is the SQL of the person key, which takes the place of the person columns.
    """
    given = {name.lower(): name for name in engine.columns(f"{table.name}_given")}
    selected = [f"{key} as person_key"]
    for column in table.columns:
        if column.type is Type.PERSON:
            continue
        kind = _SQL_TYPES.get(column.type, "varchar")
        value = f'"{given[column.name]}"' if column.name in given else "null"
        selected.append(f"cast({value} as {kind}) as {column.name}")
    engine.view(table.name, f"select {', '.join(selected)} from {table.name}_given")


def view_empty(engine: Engine, table: Table, *, key: str) -> None:
    """The declared columns of a table that nobody gave, without rows."""
    engine.register(f"{table.name}_given", table.arrow_schema().empty_table())
    view_as_declared(engine, table, key=key)


def view_with_every_column(engine: Engine, table: Table) -> None:
    """The declared columns, person columns too, of what is registered as `<name>_given`; those it
    lacks are null.
    """
    given = {name.lower(): name for name in engine.columns(f"{table.name}_given")}
    selected = []
    for column in table.columns:
        kind = _SQL_TYPES.get(column.type, "varchar")
        value = f'"{given[column.name]}"' if column.name in given else "null"
        selected.append(f"cast({value} as {kind}) as {column.name}")
    engine.view(table.name, f"select {', '.join(selected)} from {table.name}_given")


def identifier(column: str) -> str:
    """SQL of a frame's identifier as text, with the words that mean nobody turned into null."""
    text = f'cast("{column}" as varchar)'
    numbers = ", ".join(f"'{word}'" for word in sorted(ABSENT_WORDS) if word.isdigit())
    words = ", ".join(f"'{word}'" for word in sorted(ABSENT_WORDS))
    # Trimming and changing case would cost most of the time of a large frame: both are done only
    # where they can matter, and no NHS number is as short as the longest word.
    longest = max(len(word) for word in ABSENT_WORDS if not word.isdigit())
    short = f"(length({text}) <= {longest} or {text} like ' %' or {text} like '% ')"
    is_absent = f"{text} in ({numbers}) or ({short} and upper(trim({text})) in ({words}))"
    return f"case when {is_absent} then null else {text} end"
