"""The frame that all documents of the pack share: blocks come in; a marked draft with what is still
to be said at its front goes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from typing import Final

from openhiu.paper.blocks import Block, Document, Note, PageBreak
from openhiu.report import printed
from openhiu.report.folder import Missing, Written, missing_note
from openhiu.report.starter_pack.source import Source
from openhiu.report.starter_pack.wanted import missing

MARKING: Final = "DRAFT: to be completed and signed locally"
FORMATS: Final = ("pdf", "docx")
BOX: Final = "\N{BALLOT BOX}"
TICKED: Final = "\N{BALLOT BOX WITH CHECK}"


@dataclass(frozen=True)
class Sheet:
    """One document of the pack: its file, its title, what it is for and who signs it.

    `needs` are keys of `wanted.WANTED`.
    """

    stem: str
    title: str
    purpose: str
    signs: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A sheet that was written, and what it could not say."""

    sheet: Sheet
    written: Written
    missing: tuple[Missing, ...]


def draft(source: Source, sheet: Sheet) -> Note:
    """What stands first on every document."""
    return Note(
        "Draft",
        (
            f"{sheet.purpose} {f'Signed by: {sheet.signs}.' if sheet.signs else ''}".strip(),
            (
                f"Filled from the settings of {source.area} on {day(source.as_of)}. "
                "Read it, change what does not fit, and have it agreed before anyone relies on it."
            ),
        ),
    )


def paper(
    source: Source, sheet: Sheet, blocks: Sequence[Block], *, also: Iterable[Missing] = (),
    points: float = 0, apart: bool = False, compact: bool = False, subtitle: str = "",
) -> Paper:  # fmt: skip
    """The document. `also` are things that were not said besides its needs; `apart` sets the notes
    for the team on a page of their own.
    """
    lacking = (*missing(source, sheet.needs), *also)
    front: list[Block] = [draft(source, sheet), *missing_note(lacking)]
    document = Document(
        title=sheet.title,
        subtitle=subtitle or f"{printed.capital(source.service)}, {day(source.as_of)}",
        organisation=source.area if source.locality.name else "",
        summary=sheet.purpose,
        made_for=source.as_of,
        facts=(f"OpenHIU {metadata.version('openhiu')}", sheet.title, day(source.as_of)),
        blocks=(*front, *([PageBreak()] if apart else []), *blocks),
        compact=compact,
        points=points,
        marking=MARKING,
    )
    return Paper(sheet, Written(sheet.stem, document, FORMATS), tuple(lacking))


def day(value: date | None, instead: str = "no day set yet") -> str:
    """A day in full; words where there is none."""
    return printed.day(value) if value else instead


def short(value: date) -> str:
    """A day in a table: Tue 8 Dec 2026."""
    return f"{value:%a} {value.day} {value:%b %Y}"
