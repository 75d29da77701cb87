"""The numbers of tables and figures: a document comes in; what stands before each caption goes out,
the same in every format.
"""

from __future__ import annotations

from openhiu.paper.blocks import Document, Fields, Figure, Table


def labels(document: Document) -> tuple[str, ...]:
    """The label of each block, as "Table 1" or "Figure 2"; nothing for a block without a caption,
    and for all of them where the document does not number its captions.
    """
    counted = {"Table": 0, "Figure": 0}
    found = []
    for block in document.blocks:
        kind = "Figure" if isinstance(block, Figure) else "Table"
        captioned = isinstance(block, Table | Figure | Fields) and bool(block.caption)
        counted[kind] += captioned
        wanted = captioned and document.numbered
        found.append(f"{kind} {counted[kind]}" if wanted else "")
    return tuple(found)


def titled(label: str, caption: str) -> str:
    """A caption with its label before it, where it has one."""
    return f"{label}: {caption}" if label else caption


def behind(label: str, caption: str) -> str:
    """The caption of the table behind a figure that has a label."""
    return f"{label} in numbers: {caption}" if label else caption
