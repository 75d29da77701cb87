"""The logic model as a document of its own: the place's parts, and how each will be seen."""

from __future__ import annotations

from typing import Final

from openhiu.paper.blocks import Block, Bullets, Heading, Paragraph, Table
from openhiu.report.board.logic_model import PARTS, defaulted
from openhiu.report.starter_pack.sheet import Paper, Sheet, paper
from openhiu.report.starter_pack.source import Source

SHEET: Final = Sheet(
    "logic-model",
    "Logic model",
    "What goes in, what is done, what should come of it, and how we will know.",
    "commissioner and provider",
    ("area",),
)
# How a part is seen, and where in the product.
_SEEN: Final = (
    ("What goes in", "Leads in post, what the service costs", "Settings; quarterly report"),
    ("What is done", "Contacts and tries, connections, meetings", "Recorded in the workspace"),
    ("What that makes", "People listed, asked, supported; plans", "Quarterly report, page 1"),
    ("What changes", ("A&E, admissions, 999 and 111 against what was expected; what clients chose "
     "and reached"), "hiu evaluate; quarterly report"),
    ("What that leads to", "Reach by deprivation, age and sex; gaps that services leave",
     "Quarterly report; reach of the area"),
    ("What it rests on", "How far people picked the same way improve anyway",
     "The share of natural change in the evaluation"),
)  # fmt: skip


def make(source: Source) -> Paper:
    """The model, part by part, and how each part is seen."""
    model = source.locality.logic_model
    blocks: list[Block] = [
        Paragraph(model.aim, "Aim."),
    ]
    for part, words in PARTS:
        blocks += [Heading(words), Bullets(getattr(model, part))]
    blocks += [
        Heading("How we will know"),
        Paragraph(
            "Few measures, taken from what is recorded anyway. The starting point is fixed before "
            "the first call, so that nobody can choose it afterwards."
        ),
        Table("What shows each part", ("Part", "What is looked at", "Where"), _SEEN,
              widths=(1, 2.4, 1.6)),
    ]  # fmt: skip
    if model.defaulted:
        blocks.append(Paragraph(defaulted(model.defaulted), small=True))
    return paper(source, SHEET, blocks)
