"""The clinical safety case report (DCB0129): what was looked at, found and is claimed."""

from __future__ import annotations

from collections import Counter

from openhiu.paper.blocks import (
    Block,
    Bullets,
    Contents,
    Fields,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Table,
)
from openhiu.report.folder import Written
from openhiu.web.assurance.safety.matrix import ASKS_FOR
from openhiu.web.assurance.safety.papers.sheet import Source, sheet
from openhiu.web.assurance.safety.proof import Proved, standing

STEM = "safety-case-report"
TITLE = "Clinical safety case report"
_PURPOSE = (
    "Why the maker believes that the software is safe enough to be used, and on what it rests."
)
INTENDED = (
    "OpenHIU counts attendances, sorts people by the count, and keeps a support service's record.",
    "It does not diagnose, predict or advise on treatment, and it is no crisis service.",
    "Workers of the service, their partners and their hospital's analysts use it in working hours.",
    "It stands beside the records of the hospital and the practice and replaces none of them.",
)


def make(source: Source) -> Written:
    """The report."""
    return sheet(source, STEM, TITLE, _PURPOSE, [
        Contents(depth=2), *_in_short(source), *_what(), *_how(), *_hazards(source),
        *_proof(source), *_left(source), *_statement(source),
    ])  # fmt: skip


def _in_short(source: Source) -> list[Block]:
    controls = [one for hazard in source.log for one in hazard.controls]
    proved = sum(standing(one, source.run) is Proved.YES for one in controls)
    worst = max(hazard.residual.rating for hazard in source.log)
    return [
        Heading("1. In short"),
        KeyFigures((
            KeyFigure(str(len(source.log)), "hazards"),
            KeyFigure(str(len(controls)), "controls in the software"),
            KeyFigure(str(proved) if source.run else "not known", "controls proved by tests"),
            KeyFigure(str(worst), "highest rating left", "from 1 to 5, a proposal"),
        )),
    ]  # fmt: skip


def _what() -> list[Block]:
    return [Heading("2. What the software is for"), Bullets(INTENDED)]


def _how() -> list[Block]:
    return [
        Heading("3. How hazards were found and rated"),
        Paragraph(
            "Hazards come from the programme's own sources, from published incidents of similar "
            "systems and from a simulated year of the service. Each is rated by how grave and how "
            "likely it is, before and after its controls. Ratings are proposals of the makers."
        ),
        Table("What a rating asks for", ("Rating", "What it asks for"),
              tuple((str(number), words) for number, words in ASKS_FOR.items()),
              widths=(1.0, 5.0)),
    ]  # fmt: skip


def _hazards(source: Source) -> list[Block]:
    before = Counter(one.initial.rating for one in source.log)
    after = Counter(one.residual.rating for one in source.log)
    return [
        Heading("4. Hazards and what stands against them"),
        Table("Hazards by rating", ("Rating", "Before controls", "With controls"),
              tuple((str(n), before[n], after[n]) for n in range(1, 6))),
        Table("Hazards", ("Hazard", "What could happen", "Before", "With controls"),
              tuple((one.id, f"{one.name}. {one.effect}.", one.initial.words, one.residual.words)
                    for one in source.log), widths=(0.7, 4.0, 1.4, 1.6)),
    ]  # fmt: skip


def _proof(source: Source) -> list[Block]:
    rows = tuple(
        (hazard.id, control.words, standing(control, source.run).value)
        for hazard in source.log for control in hazard.controls
    )  # fmt: skip
    return [
        Heading("5. Controls and their proof"),
        Paragraph(
            "A release is not made while a hazard has no control or a control no passing test: "
            "the run of all tests fails. The hazard log names every test."
        ),
        Table("Controls", ("Hazard", "Control", "Standing"), rows, widths=(0.7, 4.5, 2.0)),
    ]


def _left(source: Source) -> list[Block]:
    highest = [one for one in source.log if one.residual.rating >= 3]
    return [
        Heading("6. What is left"),
        Paragraph(
            "Every hazard leaves something to whoever runs the service: the hand-over to the "
            "deploying organisation lists each. These are rated highest with their controls:"
        ),
        Bullets(tuple(f"{one.id} {one.name}. {one.deployer}" for one in highest)),
        Paragraph(
            "Not done by the makers: an independent review by a clinical safety officer, a "
            "penetration test, and use with real people."
        ),
    ]


def _statement(source: Source) -> list[Block]:
    signed = source.signed if source.signed and source.signed.version == source.version else None
    return [
        Heading("7. Approval"),
        Fields("Clinical safety officer", (
            ("Name", signed.officer if signed else ""),
            ("Profession and registration",
             f"{signed.profession}, {signed.register}" if signed else ""),
            ("Organisation", signed.organisation if signed else ""),
            ("Decision", signed.decision if signed else "not decided: UNSIGNED"),
            ("Conditions", (signed.conditions or "none") if signed else ""),
            ("Date", f"{signed.on.day} {signed.on:%B %Y}" if signed else ""),
        )),
    ]  # fmt: skip
