"""The words in which tables are declared: columns, their types and their rules, as plain data.

A declaration validates (the extract room turns it into checks) and describes (the reference page is
generated from it), so the two cannot disagree. Nothing here knows where it will run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pyarrow as pa


class Type(StrEnum):
    """What a cell holds once it has been read."""

    TEXT = "text"
    CODE = "code"  # a short code: trimmed, matched against `spellings`, kept as recorded otherwise
    PERSON = "person key"  # an NHS number or a pseudonym; see tables.identifiers
    TIMESTAMP = "date and time"  # naive local time, as recorded
    DATE = "date"
    INTEGER = "whole number"
    BOOLEAN = "yes or no"

    @property
    def arrow(self) -> pa.DataType:
        """The column's Arrow type in the store (timestamps in microseconds, no zone)."""
        return _ARROW.get(self, pa.string())


_ARROW: dict[Type, pa.DataType] = {
    Type.TIMESTAMP: pa.timestamp("us"),
    Type.DATE: pa.date32(),
    Type.INTEGER: pa.int32(),
    Type.BOOLEAN: pa.bool_(),
}


class OnFault(StrEnum):
    """What one bad cell does to its row."""

    REJECT = "the row is rejected"
    BLANK = "the cell is left empty and counted"


@dataclass(frozen=True)
class Range:
    """Whole numbers from `least` to `most`, both included."""

    least: int
    most: int

    def __str__(self) -> str:
        return f"{self.least} to {self.most}"


@dataclass(frozen=True)
class Column:
    """One column: its name, what it means and what may stand in it.

    `codes` lists the known codes with their meaning. With `closed` any other code is a fault;
    without it others are kept as recorded. `spellings` maps upper-case words to codes.
    `key` columns are the ones whose completeness is always reported.
    """

    name: str
    type: Type
    meaning: str
    required: bool = False
    key: bool = False
    on_fault: OnFault = OnFault.BLANK
    codes: Mapping[str, str] = field(default_factory=dict)
    closed: bool = False
    spellings: Mapping[str, str] = field(default_factory=dict)
    range: Range | None = None
    past: bool = False  # may not lie in the future

    def arrow_field(self) -> pa.Field[Any]:
        """The column as it stands in the store."""
        return pa.field(self.name, self.type.arrow)


@dataclass(frozen=True)
class InOrder:
    """`later` may not lie before `earlier` when both are given."""

    earlier: str
    later: str
    rule: str
    remedy: str


@dataclass(frozen=True)
class Table:
    """One dataset of the activity store.

    `record_key` names the columns that identify one record for life (the same provider and record
    identifier sent again is a correction); `happened` is the column that dates a row, by which the
    store is laid out in months (`None` for tables that are not events).
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    record_key: tuple[str, ...]
    happened: str | None
    in_order: tuple[InOrder, ...] = ()

    def __getitem__(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return any(column.name == name for column in self.columns)

    @property
    def names(self) -> tuple[str, ...]:
        """The column names, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """The columns no row can do without."""
        return tuple(column.name for column in self.columns if column.required)

    def arrow_schema(self) -> pa.Schema:
        """The table as it stands in the store."""
        return pa.schema([column.arrow_field() for column in self.columns])
