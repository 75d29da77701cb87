"""A document's blocks as plain data that a page draws: sentences, tables and pictures, in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from openhiu.paper.blocks import (
    Block,
    Bullets,
    Fields,
    Figure,
    Heading,
    KeyFigures,
    Note,
    Paragraph,
    Quote,
    Table,
    Verdict,
)

FIGURES: Final = "figures"


@dataclass(frozen=True)
class Drawn:
    """A table as its cells are read; the first cell names its row."""

    caption: str
    columns: list[str]
    rows: list[list[str]]
    note: str = ""
    numbers: frozenset[int] = frozenset()

    def is_number(self, column: int) -> bool:
        """Whether a column is set to the right."""
        return column in self.numbers


def as_data(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Every block that says or shows something; what is only for paper is left out."""
    return [found for block in blocks if (found := _block(block))]


def _block(block: Block) -> dict[str, Any] | None:
    match block:
        case Table():
            return {"kind": "table", **table_data(block)}
        case Fields(caption, rows, columns, note):
            told = {"caption": caption, "columns": list(columns), "rows": [list(r) for r in rows]}
            return {"kind": "table", **told, "note": note, "numbers": []}
        case Figure():
            return _figure(block)
        case KeyFigures(figures):
            said = [[one.value, one.words, one.basis] for one in figures]
            return {"kind": "figures", "figures": said}
        case _:
            return _words(block)


def _words(block: Block) -> dict[str, Any] | None:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": text, "level": level}
        case Paragraph(text, lead, small):
            return {"kind": "words", "lead": lead, "text": text, "small": small}
        case Verdict(lines):
            return {"kind": "verdict", "lines": list(lines)}
        case Bullets(items, numbered):
            return {"kind": "list", "lines": list(items), "numbered": numbered}
        case Note(title, lines, warning):
            return {"kind": "note", "title": title, "lines": list(lines), "warning": warning}
        case Quote(words, source):
            return {"kind": "words", "lead": source, "text": words, "small": False}
        case _:
            return None


def table_data(table: Table) -> dict[str, Any]:
    """A table with its cells as they are read."""
    columns = range(len(table.columns))
    return {
        "caption": table.caption,
        "columns": list(table.columns),
        "rows": [[table.shown(cell) for cell in row] for row in table.rows],
        "note": table.note,
        "numbers": [column for column in columns if table.numeric(column)],
    }


def drawn(found: Mapping[str, Any]) -> Drawn:
    """A table's plain data as a template draws it."""
    return Drawn(
        found["caption"], found["columns"], found["rows"], found.get("note", ""),
        frozenset(found.get("numbers", ())),
    )  # fmt: skip


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "kind": "figure",
        "name": f"{FIGURES}/{figure.name}.svg",
        "alt": figure.alt,
        "caption": figure.caption,
        "width": figure.drawing.width,
        "height": figure.drawing.height,
        "table": table_data(figure.table) if figure.table else None,
    }
