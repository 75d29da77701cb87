"""A published text as plain data: blocks of `paper` come in, what a page is drawn from goes out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from openhiu.paper.blocks import Block, Bullets, Fields, Heading, Note, Paragraph, Table


def as_data(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Each block with its kind; a page draws them in this order.

    Raises:
        TypeError: a block that no published text has.
    """
    return [_one(block) for block in blocks]


def _one(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "text": block.text, "level": block.level}
        case Paragraph():
            return {"kind": "paragraph", "text": block.text, "lead": block.lead}
        case Bullets():
            return {"kind": "bullets", "items": list(block.items)}
        case Note():
            return {"kind": "note", "title": block.title, "lines": list(block.lines)}
        case Fields():
            return {
                "kind": "fields",
                "caption": block.caption,
                "rows": [list(r) for r in block.rows],
            }
        case Table():
            return {"kind": "table", "caption": block.caption, "columns": list(block.columns),
                    "rows": [[block.shown(cell) for cell in row] for row in block.rows],
                    "note": block.note}  # fmt: skip
    raise TypeError(type(block).__name__)
