"""The go-live readiness check: one line for each essential thing, whose it is, what shows it, a
box; what the settings answer already is marked.
"""

from __future__ import annotations

from typing import Any, Final

from openhiu.paper.blocks import Block, Bullets, Heading, KeyFigure, KeyFigures, Paragraph, Table
from openhiu.report import printed
from openhiu.report.starter_pack.essentials import ESSENTIALS, GROUPS, Essential
from openhiu.report.starter_pack.implementation_plan import owner, verdict
from openhiu.report.starter_pack.sheet import BOX, TICKED, Paper, Sheet, day, paper
from openhiu.report.starter_pack.source import Source
from openhiu.report.starter_pack.wanted import WANTED

SHEET: Final = Sheet(
    "readiness-check",
    "Go-live readiness check",
    "To be gone through together before the first call: go, or not yet.",
    "commissioner, provider and data protection officer, together",
    ("date", "provider", "controllers", "dpo", "caldicott_guardian"),
)


def make(source: Source) -> Paper:
    """The check."""
    ticked = sum(done(source, one) for one in ESSENTIALS)
    answered = sum(bool(said(source, one)) for one in ESSENTIALS)
    blocks: list[Block] = [
        KeyFigures((
            KeyFigure(f"{len(ESSENTIALS)}", "things to have"),
            KeyFigure(f"{ticked}", "marked as done in the settings"),
            KeyFigure(f"{answered}", "with a name or date in the settings"),
        )),
        *(verdict(source, source.schedule)[:1] if source.schedule else []),
        Paragraph(
            "Tick only what somebody in the room has seen. A name in the settings says who answers "
            "for a thing; it does not say that the thing is done."
        ),
    ]  # fmt: skip
    for group in GROUPS:
        blocks += [Heading(group), _table(source, group)]
    return paper(source, SHEET, [*blocks, *_decision(source)])


def done(source: Source, one: Essential) -> bool:
    """Whether the step that makes it so is marked as finished."""
    return bool(one.step) and one.step in source.go.done


def said(source: Source, one: Essential) -> str:
    """What the settings answer, in a cell."""
    found: Any = WANTED[one.says].read(source) if one.says else ""
    if isinstance(found, tuple):
        return "; ".join(str(part) for part in found)
    return str(found or "")


def _table(source: Source, group: str) -> Table:
    rows = tuple(
        (TICKED if done(source, one) else BOX, one.words, owner(source, one.owner), one.evidence,
         said(source, one))
        for one in ESSENTIALS if one.group == group
    )  # fmt: skip
    columns = ("Done", "What", "Whose it is", "What shows it", "The settings say")
    return Table(f"{group}: {len(rows)} lines", columns, rows,
                 widths=(0.5, 2.3, 1.4, 1.5, 1.5))  # fmt: skip


def _decision(source: Source) -> list[Block]:
    when = day(source.go.date)
    return [
        Heading("Decision"),
        Bullets((
            f"{BOX} Go, on {when}" if source.go.date else f"{BOX} Go, on the day agreed",
            f"{BOX} Not yet: we look again on ______________________",
        )),
        Table("Signed", ("For", "Name", "Signature", "Date"), (
            ("Commissioner", source.commissioner, "", ""),
            (printed.capital(source.provider), "", "", ""),
            ("Data protection officer", source.go.dpo, "", ""),
        ), widths=(1.6, 1.4, 1.4, 0.8)),
    ]  # fmt: skip
