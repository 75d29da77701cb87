"""The evidence pack: frameworks, assets and, from the workspace, live facts come in; a folder goes
out. What only the deploying organisation can show is listed as theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from openhiu.paper.blocks import (
    Block,
    Bullets,
    Contents,
    Document,
    Fields,
    Heading,
    KeyFigure,
    KeyFigures,
    Note,
    Paragraph,
    Table,
)
from openhiu.programme.documents import Made, put_down
from openhiu.report.folder import Folder, Missing, Written
from openhiu.web.assurance.evidence import accessibility
from openhiu.web.assurance.evidence.assets import ASSETS
from openhiu.web.assurance.evidence.reading import Framework, Question, frameworks

Say = Callable[[str], None]
WHAT: Final = "evidence"
MARKING: Final = "DRAFT: to be completed by the organisation that runs the service"


@dataclass(frozen=True)
class EvidenceOptions:
    """What `hiu evidence` was asked for; `contact` answers about accessibility."""

    out: Path
    as_of: date
    service: str = ""
    contact: str = ""


def make_evidence(options: EvidenceOptions, *, say: Say) -> Made:
    """Write the packs without any live facts: those come from the page of the workspace."""
    say("gathering the evidence")
    made = folder(options.as_of, options.service, options.contact)
    counts = Counter(one.whose for kind in frameworks() for one in kind.questions)
    line = (
        f"{sum(counts.values())} questions: {counts['yours']} are yours alone, "
        f"{counts['both']} need you too."
    )
    return put_down(options.out, made, (line,))


def folder(as_of: date, service: str = "", contact: str = "", live: Sequence[Table] = ()) -> Folder:
    """Every pack as one folder. `live` are tables of the workspace as it stands."""
    version = metadata.version("openhiu")

    def written(stem: str, title: str, blocks: Sequence[Block]) -> Written:
        document = Document(
            title=title, subtitle=f"OpenHIU {version}, {as_of.day} {as_of:%B %Y}",
            organisation=service, summary=title, made_for=as_of,
            facts=(f"OpenHIU {version}", title), blocks=tuple(blocks), marking=MARKING,
            numbered=True,
        )  # fmt: skip
        return Written(stem, document, ("pdf", "docx", "html"))

    packs = [written(kind.key, kind.title, _answers(kind, live)) for kind in frameworks()]
    statement = accessibility.blocks(as_of, contact)
    return Folder(
        what=WHAT,
        title="Evidence for assurance",
        documents=(
            *packs,
            written("accessibility-statement", "Accessibility statement", statement),
            written("information-assets", "Register of information assets", _assets()),
        ),
        told={kind.key: _as_data(kind) for kind in frameworks()},
        about={"version": version, "made_for": as_of.isoformat(), "service": service,
               "live": [table.caption for table in live]},
        annex=tuple(_as_table(kind) for kind in frameworks()),
        missing=() if contact else (Missing(
            "Whom to tell about accessibility", "Name them with --contact, or in the workspace"),),
    )  # fmt: skip


def _answers(kind: Framework, live: Sequence[Table]) -> list[Block]:
    counts = Counter(one.whose for one in kind.questions)
    blocks: list[Block] = [
        Paragraph(f"Source: {kind.source}. Every answer points at a file, a page or a test of this "
                  "software; what only you can show is said to be yours."),
        KeyFigures((
            KeyFigure(str(len(kind.questions)), "questions"),
            KeyFigure(str(counts["the software's"] + counts["both"]), "answered by the software"),
            KeyFigure(str(counts["yours"] + counts["both"]), "that need you, alone or too"),
        )),
        Contents(depth=2),
    ]  # fmt: skip
    for area in kind.areas:
        blocks.append(Heading(area.name))
        for one in area.questions:
            blocks += _answer(one)
    if live:
        blocks += [Heading("As it stands in this service"), *live]
    return blocks


def _answer(one: Question) -> list[Block]:
    return [
        Heading(f"{one.key} {one.asks}", 3),
        Paragraph(one.answer),
        *([Bullets(tuple(words_of(place) for place in one.shown))] if one.shown else []),
        *([Note("Yours to show", (one.deployer,))] if one.deployer else []),
    ]


def words_of(place: str) -> str:
    """One piece of evidence as it is read."""
    if place.startswith("page:"):
        return f"Page of the workspace: {place.removeprefix('page:')}"
    return f"Test: {place}" if "::" in place else f"File: {place}"


def _assets() -> list[Block]:
    return [
        Paragraph("What an installation has that is worth protecting. Owners are posts; write the "
                  "names beside them."),
        *(block for one in ASSETS for block in (
            Heading(one.name),
            Fields(one.name, (("Holds", one.holds), ("Where", one.place), ("Owner", one.owner),
                              ("Kept", one.kept), ("If it is lost or read", one.loss))),
        )),
    ]  # fmt: skip


def _as_table(kind: Framework) -> Table:
    return Table(
        kind.title, ("Area", "Number", "Question", "Answer", "Shown by", "Yours to show", "Whose"),
        tuple((area.name, one.key, one.asks, one.answer, "\n".join(one.shown), one.deployer,
               one.whose) for area in kind.areas for one in area.questions),
        sheet=kind.key,
    )  # fmt: skip


def _as_data(kind: Framework) -> dict[str, Any]:
    return {"title": kind.title, "source": kind.source,
            "areas": [{"name": area.name, "questions": [{**asdict(one), "whose": one.whose}
                                                        for one in area.questions]}
                      for area in kind.areas]}  # fmt: skip
