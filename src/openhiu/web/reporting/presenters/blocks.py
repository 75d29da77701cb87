"""Tables and figures of an evaluation for a page: they come in as they were printed or kept; what a
template can draw goes out, so that a page and a printed report say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openhiu.paper.blocks import Table


@dataclass(frozen=True)
class Drawn:
    """A table as its cells are read; the first cell names its row."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""
    numbers: frozenset[int] = frozenset()

    def is_number(self, column: int) -> bool:
        """Whether a column is set to the right."""
        return column in self.numbers


@dataclass(frozen=True)
class Picture:
    """One kept figure: its name in the evaluation, its words and the table of what it shows."""

    name: str
    alt: str
    caption: str
    width: int | None
    height: int | None
    table: Drawn | None


def drawn(table: Table) -> Drawn:
    """A table of a report, as a page shows it."""
    columns = range(len(table.columns))
    return Drawn(
        table.caption,
        table.columns,
        [[table.shown(cell) for cell in row] for row in table.rows],
        table.note,
        frozenset(column for column in columns if table.numeric(column)),
    )


def pictures(manifest: Mapping[str, Any], files: Mapping[str, str]) -> dict[str, Picture]:
    """The figures an evaluation's manifest describes, by the stem of their file."""
    described = manifest.get("figures", ())
    return {
        _stem(one["file"]): _picture(one)
        for one in described
        if isinstance(one, dict) and one.get("file") in files
    }


def _picture(one: Mapping[str, Any]) -> Picture:
    table = one.get("table")
    return Picture(
        one["file"], str(one.get("alt", "")), str(one.get("caption", "")), one.get("width"),
        one.get("height"), _described(table) if isinstance(table, dict) else None,
    )  # fmt: skip


def _described(table: Mapping[str, Any]) -> Drawn:
    rows = table["rows"]
    numbers = (column for column in range(1, len(table["columns"])) if _all_short(rows, column))
    return Drawn(
        table["caption"], table["columns"], rows, table.get("note", ""), frozenset(numbers)
    )


def _all_short(rows: Sequence[Sequence[str]], column: int) -> bool:
    return all(len(row[column]) <= 9 and not row[column][:1].isalpha() for row in rows)


def _stem(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[0]
