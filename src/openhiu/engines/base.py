"""The seam between a definition and the engine that runs it.

A definition is a SQL file in the portable subset (docs/adr/0001), with named markers such as
`:window_start`. Values only ever travel as parameters; a list becomes one marker per member.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

import pyarrow as pa

Parameter = str | int | bool | date | datetime | None | Sequence[str]
Parameters = Mapping[str, Parameter]
NO_PARAMETERS: Final[Parameters] = MappingProxyType({})
Bound = dict[str, str | int | bool | date | datetime | None]

# Text in quotes and comments is passed over; `::` is a cast and must not be read as a marker.
_MARKER: Final = re.compile(
    r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/|(?<![:\w]):([a-z][a-z0-9_]*)", re.DOTALL
)


class Engine(Protocol):
    """Runs SQL, keeps named steps, takes tables in. Use it as a context manager."""

    name: str

    def run(self, sql: str, parameters: Parameters = NO_PARAMETERS) -> pa.Table:
        """The rows of a query, as Arrow."""
        ...

    def persist(self, name: str, sql: str, parameters: Parameters = NO_PARAMETERS) -> None:
        """Work a query out once and keep it under a name for the steps that follow."""
        ...

    def view(self, name: str, sql: str, parameters: Parameters = NO_PARAMETERS) -> None:
        """Give a query a name without working it out."""
        ...

    def register(self, name: str, data: pa.Table | Sequence[Path] | object) -> None:
        """Make an Arrow table, Parquet files or a frame the engine understands a named table."""
        ...

    def columns(self, name: str) -> tuple[str, ...]:
        """The column names of a named table."""
        ...

    def __enter__(self) -> Engine: ...

    def __exit__(self, *exception: object) -> None: ...


def each_marker(sql: str, write: Callable[[str], str]) -> str:
    """The same text with every `:name` marker replaced by `write(name)`, in a single pass.

    A single pass matters: text that a replacement brings in is never read for markers again.
    """
    return _MARKER.sub(lambda found: write(found[1]) if found[1] else found[0], sql)


def bind(sql: str, parameters: Parameters) -> tuple[str, Bound]:
    """Spread list parameters into one marker per member and keep only what the text uses.

    An empty list becomes a single null marker, so that `x in (:codes)` is never true.
    Markers stay in the form `:name`; each engine turns them into its own.
    """
    bound: Bound = {}

    def spread(name: str) -> str:
        value = parameters[name]
        if isinstance(value, Sequence) and not isinstance(value, str):
            members: list[str | None] = list(value) or [None]
            keys = [f"{name}_{index}" for index in range(len(members))]
            bound.update(zip(keys, members, strict=True))
            return ", ".join(f":{key}" for key in keys)
        bound[name] = value
        return f":{name}"

    return each_marker(sql, spread), bound


def markers(sql: str, prefix: str) -> str:
    """The same text with an engine's own marker prefix, such as `$name` for DuckDB."""
    return each_marker(sql, lambda name: f"{prefix}{name}")
