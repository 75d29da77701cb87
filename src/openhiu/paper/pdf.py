"""A document becomes a PDF that a screen reader can read: PDF/UA-1 and PDF/A-2a, set by typst.

The words travel as JSON and are never markup; the typeface comes from a package and the machine's
fonts are ignored, so that the same document is the same file everywhere.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import resources
from typing import Any, Final

from openhiu.paper import colours, coverage
from openhiu.paper.blocks import (
    Block,
    Document,
    EasyRead,
    EasyRow,
    Fields,
    Figure,
    Paragraph,
    Table,
)
from openhiu.paper.captions import behind, labels, titled

_STANDARDS: Final = ("ua-1", "a-2a")
_TEMPLATE: Final = "page.typ"
_PLAIN, _COMPACT, _LETTER = 10.0, 9.1, 12.0  # points
_LOST: Final = (
    "Some characters cannot be shown in this paper; the web page and the Word file have them."
)
_SCREEN: Final = 96.0  # dots to an inch, for the pictures


def make(document: Document) -> bytes:
    """The PDF. Raises ValueError where it would not be accessible (a skipped heading, no alt)."""
    made: bytes = _compile(document, format="pdf", pdf_standards=list(_STANDARDS))
    return made


def pictures(document: Document, dots_per_inch: float = _SCREEN) -> list[bytes]:
    """Each page as a PNG."""
    made: bytes | list[bytes] = _compile(document, format="png", ppi=dots_per_inch)
    return made if isinstance(made, list) else [made]


def _compile(document: Document, **wanted: Any) -> Any:
    import typst  # 34 MB that no other verb needs

    template = resources.files("openhiu.paper").joinpath(_TEMPLATE).read_bytes()
    day = document.made_for
    with resources.as_file(resources.files("fontpkg_source_sans_3") / "files") as fonts:
        try:
            return typst.Compiler(
                template,
                font_paths=typst.Fonts(
                    include_system_fonts=False,
                    include_embedded_fonts=False,
                    font_paths=[str(fonts)],
                ),
                sys_inputs={"document": json.dumps(_as_data(document))},
            ).compile(timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC), **wanted)
        except typst.TypstError as fault:
            raise ValueError(f"not a document that can be read by everyone: {fault}") from fault


def _as_data(document: Document) -> dict[str, Any]:
    """The document as strings, lists and numbers of points: what the template reads."""
    day = document.made_for
    data, lost = coverage.shown(_told(document))
    if lost:
        data["blocks"].append(_block(Paragraph(_LOST, small=True)))
    return {
        **data,
        "size": _size(document),
        "language": document.language.split("-")[0],
        "region": document.language.partition("-")[2] or None,
        "day": [day.year, day.month, day.day],
        "colours": colours.NAMED,
    }


def _size(document: Document) -> float:
    usual = _LETTER if document.letter else _COMPACT if document.compact else _PLAIN
    return document.points or usual


def _told(document: Document) -> dict[str, Any]:
    """All that is said in words."""
    letter = document.letter
    return {
        "letter": asdict(letter) if letter else None,
        "author": [document.organisation] if document.organisation and not letter else [],
        "title": document.title,
        "subtitle": document.subtitle,
        "organisation": document.organisation,
        "summary": document.summary or document.title,
        "facts": document.facts,
        "marking": document.marking,
        "blocks": [
            _block(block, label)
            for block, label in zip(document.blocks, labels(document), strict=True)
        ],
    }


def _block(block: Block, label: str = "") -> dict[str, Any]:
    kind = type(block).__name__
    match block:
        case Table():
            return {"kind": kind, **_table(block), "caption": titled(label, block.caption)}
        case Fields():
            caption = titled(label, block.caption)
            return {"kind": kind, **asdict(block), "caption": caption, "short": block.short}
        case Figure():
            shown = block.table if block.data_in_print else None
            drawing = block.drawing
            below = _table(shown) | {"caption": behind(label, shown.caption)} if shown else None
            return {
                "kind": kind, "alt": block.alt, "caption": titled(label, block.caption),
                "svg": drawing.svg, "width": drawing.width, "table": below,
            }  # fmt: skip
        case EasyRead():
            return {"kind": kind, "rows": [_easy_row(row) for row in block.rows]}
        case _:
            return {"kind": kind, **asdict(block)}


def _easy_row(row: EasyRow) -> dict[str, Any]:
    picture = row.picture
    return {"words": row.words, "alt": row.alt, "svg": picture.svg if picture else None}


def _table(table: Table) -> dict[str, Any]:
    columns = range(len(table.columns))
    return {
        "caption": table.caption,
        "columns": table.columns,
        "rows": [[table.shown(cell) for cell in row] for row in table.rows],
        "right": [table.numeric(column) for column in columns],
        "widths": table.widths or [2.0 if column == 0 else 1.0 for column in columns],
        "note": table.note,
        "short": table.short,
    }
