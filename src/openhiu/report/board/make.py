"""Making a board report whole: an evaluation, the facts of the service, the place and last
quarter's report come in; the document, and what it told as plain data, go out. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

from openhiu.locality import Locality
from openhiu.paper.blocks import Block, Document, Figure, PageBreak, Table
from openhiu.report import printed
from openhiu.report.board import (
    changed,
    claims,
    did,
    first_page,
    gaps,
    in_time,
    logic_model,
    method,
    reached,
    value,
    voices,
)
from openhiu.report.board.beside import beside, people_of
from openhiu.report.board.evidence import read_evidence
from openhiu.report.board.source import Source
from openhiu.report.disclosed import disclose_facts
from openhiu.report.facts import Facts, read_facts
from openhiu.report.last import Last, read_last

TITLE = "Quarterly board report"


@dataclass(frozen=True)
class Board:
    """One report. `given` is the evaluation as it came, `source` what the words were written from.

    `annex` are the tables that only the workbook holds, `pictures` the charts that lie beside it.
    `left_out`: sentences on what could not be written; `warnings`: claims that do not add up.
    """

    document: Document
    annex: tuple[Table, ...]
    pictures: tuple[Figure, ...]
    source: Source
    given: Mapping[str, Any]
    left_out: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def title(self) -> str:
        """Its title and its quarter."""
        return f"{self.document.title}: {self.document.subtitle}"

    @property
    def needs_a_person(self) -> bool:
        """Whether a claim in it does not follow from its counts."""
        return bool(self.warnings)


def make(
    evaluation: Mapping[str, Any], facts: Mapping[str, Any] | Facts | None, locality: Locality, *,
    as_of: date, previous: Path | Mapping[str, bytes] | Last | None = None,
) -> Board:  # fmt: skip
    """The report. Counts of the facts pass the disclosure room before anything else sees them.

    Raises InputNotUsable where the evaluation, the facts or the last report are not what they say.
    """
    read = facts if isinstance(facts, Facts) else None if facts is None else read_facts(facts)
    last = previous if isinstance(previous, Last) else read_last(previous) if previous else None
    source = Source(
        beside(read_evidence(evaluation), last), disclose_facts(read) if read else None, locality,
        as_of, last,
    )  # fmt: skip
    return Board(
        _document(source), tuple(_annex(source)), tuple(in_time.more_figures(source)), source,
        evaluation, tuple(_left_out(source)),
        tuple(claims.warnings(source)),
    )  # fmt: skip


def _document(source: Source) -> Document:
    when = source.period or f"up to {printed.day(source.as_of)}"
    return Document(
        title=source.name,
        subtitle=f"{TITLE}, {when}",
        organisation=source.organisation,
        made_for=source.as_of,
        summary=f"{TITLE} of {source.name}, {when}: what was done, what changed and what would "
        "have changed anyway.",
        facts=(
            f"OpenHIU {metadata.version('openhiu')}",
            f"hospital data up to {printed.day(source.evidence.cut)}",
            f"plan {source.evidence.plan_hash[:12]}",
        ),
        blocks=tuple(_blocks(source)),
    )


def _blocks(source: Source) -> list[Block]:
    return [
        *first_page.section(source), PageBreak(),
        *did.section(source), *changed.section(source), *value.section(source),
        *reached.section(source), *voices.outcomes(source),
        *voices.section(source), *gaps.section(source), *gaps.risks(source),
        *in_time.section(source), *reached.table(source), *claims.section(source), PageBreak(),
        *logic_model.section(source), PageBreak(),
        *method.section(source),
    ]  # fmt: skip


def _annex(source: Source) -> list[Table]:
    return [
        *did.tables(source), *changed.in_full(source), *value.tables(source),
        *reached.tables(source), *gaps.tables(source), *in_time.tables(source),
    ]  # fmt: skip


def _left_out(source: Source) -> list[str]:
    """What the report could not say, for whoever made it."""
    told = []
    if source.facts is None:
        told.append(
            "The facts of the service were not given: what was done, quotes and stories, personal "
            "outcomes, gaps and the service's own risks are not in the report."
        )
    elif withheld := voices.withheld(source.facts):
        told.append(withheld)
    told += [
        f"The {window}-month figures are those of the last report: fewer than 8 people have "
        "finished since."
        for window in source.evidence.repeated
    ]
    if not any(isinstance(block, Figure) for block in changed.picture(source)):
        told.append(changed.no_picture(source))
    return told


def told(board: Board) -> dict[str, Any]:
    """What the report said, as plain data without pictures: board.json."""
    source = board.source
    lines = did.lines_of(source.facts) if source.facts else []
    return {
        "openhiu": metadata.version("openhiu"),
        "what": "board_report",
        "title": board.document.title,
        "subtitle": board.document.subtitle,
        "organisation": board.document.organisation,
        "period": source.period,
        "as_of": source.as_of.isoformat(),
        "cut": source.evidence.cut.isoformat(),
        "plan_hash": source.evidence.plan_hash,
        "figures": {f"did.{key}": count for key, _, count in lines},
        "people": people_of(source.evidence),
        "repeated": list(source.evidence.repeated),
        "left_out": list(board.left_out),
        "warnings": list(board.warnings),
        "annex": [asdict(table) for table in board.annex],
        "blocks": [_block(block) for block in board.document.blocks],
        "evaluation": source.evidence.raw,
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Figure):
        table = asdict(block.table) if block.table else None
        return {"kind": "Figure", "name": block.name, "alt": block.alt, "caption": block.caption,
                "table": table}  # fmt: skip
    return {"kind": type(block).__name__, **asdict(block)}
