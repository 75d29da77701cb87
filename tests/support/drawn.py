"""Tables drawn in a test: text with columns between bars comes in, typed Arrow tables go out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pyarrow as pa

from openhiu.tables.activity import ATTENDANCES
from openhiu.tables.schema import Table, Type


def cells(text: str) -> tuple[list[str], list[list[str]]]:
    """The header and the rows of a drawn table; blank lines and rules of dashes are passed over."""
    lines = [line for line in text.strip().splitlines() if line.strip(" -|")]
    split = [[cell.strip() for cell in line.split("|")] for line in lines]
    header, rows = split[0], split[1:]
    for row in rows:
        assert len(row) == len(header), f"a drawn row has {len(row)} cells, not {len(header)}"
    return header, rows


def drawn(text: str, table: Table = ATTENDANCES) -> pa.Table:
    """A table of the declared types. Columns not drawn are left out; empty cells are null."""
    header, rows = cells(text)
    columns = [
        pa.array([_value(table[name].type, row[i]) for row in rows], table[name].type.arrow)
        for i, name in enumerate(header)
    ]
    return pa.table(columns, names=header)


def _value(kind: Type, cell: str) -> Any:
    if cell == "":
        return None
    match kind:
        case Type.TIMESTAMP:
            return datetime.fromisoformat(cell)
        case Type.DATE:
            return date.fromisoformat(cell)
        case Type.INTEGER:
            return int(cell)
        case Type.BOOLEAN:
            return cell == "yes"
    return "" if cell == '""' else cell


def expected(text: str) -> list[tuple[str, ...]]:
    """The rows of a drawn table of what should come out, as text."""
    return [tuple(row) for row in cells(text)[1]]
