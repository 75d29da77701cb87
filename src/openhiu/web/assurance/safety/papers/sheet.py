"""What the papers of clinical safety share: their source comes in; a marked document goes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openhiu.paper.blocks import Block, Document, Note
from openhiu.report.folder import Written
from openhiu.web.assurance.safety.log import Hazard
from openhiu.web.assurance.safety.proof import Run
from openhiu.web.assurance.safety.signed import SignOff, approved, marking


@dataclass(frozen=True)
class Source:
    """From what the papers are made. `made_for` is the day they are of; nothing asks the clock."""

    version: str
    made_for: date
    log: tuple[Hazard, ...]
    run: Run | None
    signed: SignOff | None
    service: str = ""

    @property
    def marking(self) -> str:
        """Signed, and by whom, or UNSIGNED."""
        return marking(self.signed, self.version)


def _evidence(run: Run | None) -> str:
    """On which run of the tests the papers rest, or that they rest on none."""
    none = "no control is claimed to be proved."
    if run is None:
        return f"No run of the tests was supplied: {none}"
    if not run.of_these:
        return f"The run of the tests (commit {run.commit}) was of other files: {none}"
    return f"Tests of commit {run.commit} are its evidence."


def sheet(source: Source, stem: str, title: str, purpose: str, blocks: Sequence[Block]) -> Written:
    """One document, with its standing first."""
    standing = Note(
        source.marking,
        (
            purpose,
            _evidence(source.run),
        ),
        warning=not approved(source.signed, source.version),
    )  # fmt: skip
    document = Document(
        title=title,
        subtitle=f"OpenHIU {source.version}, {source.made_for.day} {source.made_for:%B %Y}",
        organisation=source.service,
        summary=purpose,
        made_for=source.made_for,
        facts=(f"OpenHIU {source.version}", title),
        blocks=(standing, *blocks),
        marking=source.marking,
        numbered=True,
    )
    return Written(stem, document, ("pdf", "docx", "html"))
