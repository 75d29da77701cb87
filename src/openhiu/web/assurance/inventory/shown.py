"""The inventory as tables: entries come in; a table a holding, with fields gathered by what may be
done with them, goes out. For pages, files and the reference.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from openhiu.paper.blocks import Block, Heading, Paragraph, Table
from openhiu.web.assurance.inventory.entries import STORE, Entry, entries

COLUMNS: Final = ("Where", "Holding", "Model", "Field", "What it is", "About", "For what", "Basis",
                  "How long", "Who reads it", "Who else receives it", "In a copy", "Put right",
                  "Erased", "In a log", "Sealed", "Health")  # fmt: skip
_FIELDS: Final = ("Model", "Fields", "What they are", "About", "In a copy", "Put right", "In a log",
                  "Sealed")  # fmt: skip


def all_fields() -> Table:
    """One row a field, for a workbook."""
    rows = tuple(tuple(_cell(value) for value in one.as_dict().values()) for one in entries())
    return Table("Inventory of what is kept", COLUMNS, rows, sheet="Inventory")


def _cell(value: object) -> str:
    return (
        {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    )


def by_holding() -> list[tuple[Entry, Table]]:
    """For each holding its first entry, which tells the purpose, and a table of its fields."""
    return [
        (rows[0], _table(rows))
        for _, found in groupby(entries(), key=lambda one: (one.where, one.holding))
        for rows in [list(found)]
    ]


def _table(rows: list[Entry]) -> Table:
    """Fields of a model that are treated alike stand in one row."""
    gathered: dict[tuple[str, ...], list[str]] = {}
    for one in rows:
        sealed = "yes" if one.sealed else "no"
        key = (one.model, one.kind, one.about, one.access, one.rectify, one.log, sealed)
        gathered.setdefault(key, []).append(one.field)
    return Table(
        f"{title(rows[0])}: fields",
        _FIELDS,
        tuple((key[0], ", ".join(names), *key[1:]) for key, names in gathered.items()),
        widths=(1.3, 2, 1.6, 1, 1, 0.8, 0.8, 0.6),
    )


def title(one: Entry) -> str:
    """What a holding is called."""
    return (
        "The hospital's store" if one.where == STORE else one.holding.replace("_", " ").capitalize()
    )


def blocks() -> Iterable[Block]:
    """The whole inventory for reading."""
    for first, table in by_holding():
        yield Heading(title(first))
        yield Paragraph(f"For: {first.purpose}. Basis: {first.basis}. Kept: {first.retention}. "
                        f"Read by: {first.readers}. Given to: {first.goes_to}.")  # fmt: skip
        yield table
