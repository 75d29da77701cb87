"""DuckDB, the embedded default: the definitions run as they are written.

SQL and Arrow tables, frames or Parquet paths come in; Arrow tables come out.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa

from openhiu.engines.arrow import plain
from openhiu.engines.base import NO_PARAMETERS, Parameters, bind, each_marker, markers
from openhiu.engines.kinds import kind_of
from openhiu.errors import ConfigurationFault

# A time with a zone is an instant; the activity tables hold the clock on the wall of an English
# hospital. Other sorts of time and unsigned numbers are brought to the ones the definitions use.
_AS_DEFINED: Final = {
    "TIMESTAMP WITH TIME ZONE": "{0} at time zone 'Europe/London'",
    "TIMESTAMP_NS": "cast({0} as timestamp)",
    "TIMESTAMP_MS": "cast({0} as timestamp)",
    "TIMESTAMP_S": "cast({0} as timestamp)",
    "UTINYINT": "cast({0} as bigint)",
    "USMALLINT": "cast({0} as bigint)",
    "UINTEGER": "cast({0} as bigint)",
    "UBIGINT": "cast({0} as bigint)",
    '"NULL"': "cast({0} as varchar)",
}


class DuckDBEngine:
    """One in-memory connection, closed on leaving the `with` block."""

    name = "duckdb"

    def __init__(self, *, memory_limit: str | None = None, threads: int | None = None) -> None:
        # What does not fit into memory goes into a folder of our own that nobody else can read and
        # that goes away; DuckDB's own choice is the current folder, where people's data would stay.
        self._spill = _spill_folder()
        self._connection = duckdb.connect()
        self._run(f"set temp_directory = {_quoted(self._spill.name)}")
        # Nothing is fetched, and no statement can change any of this later.
        self._run("set autoinstall_known_extensions = false")
        self._run("set autoload_known_extensions = false")
        self._run("set preserve_insertion_order = false")
        # A bar on standard output would end up inside the result of `--json`.
        self._run("set enable_progress_bar = false")
        if memory_limit:
            self._run(f"set memory_limit = {_quoted(memory_limit)}")
        if threads:
            self._run(f"set threads = {int(threads)}")
        self._run("set lock_configuration = true")

    def __enter__(self) -> DuckDBEngine:
        return self

    def __exit__(self, *exception: object) -> None:
        self._connection.close()
        self._spill.cleanup()

    def run(self, sql: str, parameters: Parameters = NO_PARAMETERS) -> pa.Table:
        """The rows of a query, as Arrow."""
        text, bound = bind(sql, parameters)
        return plain(self._connection.sql(markers(text, "$"), params=bound).to_arrow_table())

    def persist(self, name: str, sql: str, parameters: Parameters = NO_PARAMETERS) -> None:
        """Work a query out once into a temporary table."""
        text, bound = bind(sql, parameters)
        create = f"create or replace temporary table {_name(name)} as {markers(text, '$')}"
        self._connection.execute(create, bound).fetchall()

    def view(self, name: str, sql: str, parameters: Parameters = NO_PARAMETERS) -> None:
        """Give a query a name; DuckDB views take no parameters, so they are written as literals."""
        text, bound = bind(sql, parameters)
        text = each_marker(text, lambda key: _literal(bound[key]))
        self._run(f"create or replace temporary view {_name(name)} as {text}")

    def register(self, name: str, data: pa.Table | Sequence[Path] | object) -> None:
        """Make Parquet files, an Arrow table, or a pandas, Polars or DuckDB frame a named table.

        Frames are read in place, except that a DuckDB relation is carried over from its own
        connection. Times with a zone become the wall clock of Europe/London.
        """
        if isinstance(data, Sequence) and not isinstance(data, str):
            source = f"read_parquet([{', '.join(_quoted(str(path)) for path in data)}])"
        else:
            source = _name(f"{name}_as_given")
            self._connection.register(f"{name}_as_given", _readable(data))
        columns = self._as_defined(source)
        self._run(
            f"create or replace temporary view {_name(name)} as select {columns} from {source}"
        )

    def columns(self, name: str) -> tuple[str, ...]:
        """The column names of a named table."""
        return tuple(column for column, _ in self._types(_name(name)))

    def _types(self, source: str) -> list[tuple[str, str]]:
        rows = self._run(f"describe select * from {source}")
        return [(str(row[0]), str(row[1])) for row in rows]

    def _as_defined(self, source: str) -> str:
        types = self._types(source)
        if not any(kind in _AS_DEFINED or kind.startswith("ENUM") for _, kind in types):
            return "*"
        return ", ".join(f"{_as_defined(_column(name), kind)} as {_column(name)}"
                         for name, kind in types)  # fmt: skip

    def _run(self, sql: str) -> list[tuple[Any, ...]]:
        # Reading the result to its end closes it; an open one blocks the next statement.
        rows: list[tuple[Any, ...]] = self._connection.execute(sql).fetchall()
        return rows


def _readable(data: Any) -> Any:
    # A relation belongs to its own connection and cannot be read from another.
    return data.to_arrow_table() if kind_of(data) == "duckdb" else data


def _as_defined(column: str, kind: str) -> str:
    written = "cast({0} as varchar)" if kind.startswith("ENUM") else _AS_DEFINED.get(kind, "{0}")
    return written.format(column)


def _spill_folder() -> tempfile.TemporaryDirectory[str]:
    try:
        return tempfile.TemporaryDirectory(prefix="hiu-", ignore_cleanup_errors=True)
    except OSError:
        raise ConfigurationFault(
            "no temporary folder can be made",
            remedy="make room on the disk, or set TMPDIR; the store is as it was",
        ) from None


def _name(name: str) -> str:
    if not name.isidentifier():
        raise ValueError(f"not a table name: {name!r}")
    return f'"{name}"'


def _column(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


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
