"""DuckDB, the embedded default: the definitions run as they are written.

SQL and Arrow tables or Parquet paths come in; Arrow tables come out.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from openhiu.engines.base import NO_PARAMETERS, Parameters, bind, markers


class DuckDBEngine:
    """One in-memory connection, closed on leaving the `with` block."""

    name = "duckdb"

    def __init__(self, *, memory_limit: str | None = None, threads: int | None = None) -> None:
        self._connection = duckdb.connect()
        self._run("set preserve_insertion_order = false")
        if memory_limit:
            self._run("set memory_limit = $limit".replace("$limit", _quoted(memory_limit)))
        if threads:
            self._run(f"set threads = {int(threads)}")

    def __enter__(self) -> DuckDBEngine:
        return self

    def __exit__(self, *exception: object) -> None:
        self._connection.close()

    def run(self, sql: str, parameters: Parameters = NO_PARAMETERS) -> pa.Table:
        """The rows of a query, as Arrow."""
        text, bound = bind(sql, parameters)
        rows: pa.Table = self._connection.sql(markers(text, "$"), params=bound).to_arrow_table()
        return rows

    def persist(self, name: str, sql: str, parameters: Parameters = NO_PARAMETERS) -> None:
        """Work a query out once into a temporary table."""
        text, bound = bind(sql, parameters)
        create = f"create or replace temporary table {_name(name)} as {markers(text, '$')}"
        self._connection.execute(create, bound).fetchall()

    def view(self, name: str, sql: str, parameters: Parameters = NO_PARAMETERS) -> None:
        """Give a query a name; DuckDB views take no parameters, so they are written as literals."""
        text, bound = bind(sql, parameters)
        for key in sorted(bound, key=len, reverse=True):
            text = text.replace(f":{key}", _literal(bound[key]))
        self._run(f"create or replace temporary view {_name(name)} as {text}")

    def register(self, name: str, data: pa.Table | Sequence[Path] | object) -> None:
        """Make an Arrow table, Parquet files or a frame a named table."""
        if isinstance(data, Sequence) and not isinstance(data, str):
            paths = ", ".join(_quoted(str(path)) for path in data)
            source = f"read_parquet([{paths}])"
            self._run(f"create or replace temporary view {_name(name)} as select * from {source}")
        else:
            self._connection.register(name, data)

    def columns(self, name: str) -> tuple[str, ...]:
        """The column names of a named table."""
        rows = self._connection.execute(f"describe {_name(name)}").fetchall()
        return tuple(row[0] for row in rows)

    def _run(self, sql: str) -> list[tuple[Any, ...]]:
        # Reading the result to its end closes it; an open one blocks the next statement.
        rows: list[tuple[Any, ...]] = self._connection.execute(sql).fetchall()
        return rows


def _name(name: str) -> str:
    if not name.isidentifier():
        raise ValueError(f"not a table name: {name!r}")
    return f'"{name}"'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _literal(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool() | int():
            return str(value).lower()
        case str():
            return _quoted(value)
        case _:
            kind = "timestamp" if hasattr(value, "hour") else "date"
            return f"{kind} {_quoted(str(value))}"
