"""The hazard log as a document and a sheet: every hazard whole, with controls and tests."""

from __future__ import annotations

from openhiu.paper.blocks import Block, Bullets, Contents, Fields, Heading, Table
from openhiu.report.folder import Written
from openhiu.web.assurance.safety.log import Hazard
from openhiu.web.assurance.safety.papers.sheet import Source, sheet
from openhiu.web.assurance.safety.proof import standing

STEM = "hazard-log"
TITLE = "Hazard log"
_PURPOSE = "Every way in which somebody could come to harm, and what stands against it."


def make(source: Source) -> Written:
    """The log, a section for each hazard."""
    blocks: list[Block] = [Contents(depth=2)]
    for one in source.log:
        blocks += _section(source, one)
    return sheet(source, STEM, TITLE, _PURPOSE, blocks)


def trace(source: Source) -> Table:
    """One row for each test of each control: the matrix that an assessor asks for."""
    return Table(
        "Hazards, controls and tests",
        ("Hazard", "What could happen", "Before", "With controls", "Control", "Module", "Test",
         "Standing"),
        tuple((one.id, one.name, one.initial.rating, one.residual.rating, control.words,
               control.module, test, standing(control, source.run).value)
              for one in source.log for control in one.controls for test in control.tests),
        sheet="Traceability",
    )  # fmt: skip


def _section(source: Source, one: Hazard) -> list[Block]:
    return [
        Heading(f"{one.id} {one.name}"),
        Fields(f"{one.id}", (
            ("Cause", one.cause), ("Effect", one.effect), ("Owner", one.owner),
            ("Rating before controls", one.initial.words),
            ("Rating with controls", one.residual.words),
            ("Left to the deploying organisation", one.deployer),
        )),
        Bullets(tuple(f"{control.words} ({standing(control, source.run).value})"
                      for control in one.controls)),
    ]  # fmt: skip
