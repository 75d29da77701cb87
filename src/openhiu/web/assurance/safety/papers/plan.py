"""The clinical risk management plan (DCB0129): who does what, when, for every version."""

from __future__ import annotations

from openhiu.paper.blocks import Bullets, Contents, Heading, Paragraph, Table
from openhiu.report.folder import Written
from openhiu.web.assurance.safety.papers.sheet import Source, sheet

STEM = "risk-management-plan"
TITLE = "Clinical risk management plan"
_PURPOSE = "How clinical risk is looked for, rated, reduced and watched, version by version."
_WHO = (
    ("Clinical safety officer", ("A registered clinician trained in clinical risk management. "
     "Approves ratings, the case report and each release.")),
    ("Makers", ("Write hazards and controls as data, a test for each control, and mend what "
     "a safety concern shows.")),
    ("Deploying organisation", ("Has an officer of its own, completes its own safety case "
     "(DCB0160) and answers for what is left to it.")),
    ("Everybody with an account", "Reports a safety concern from any page."),
)  # fmt: skip
_STEPS = (
    "A change is looked at for new hazards before it is written; each gets an entry in the log.",
    "Each hazard has a cause, an effect, an owner, two ratings and at least one control.",
    "Each control names the module that holds it and the tests that prove it.",
    "The run of all tests fails while a control is not proved; no release is made from it.",
    "The officer reads the log and the case report of the release, and signs or does not.",
    (
        "Safety concerns reported by users are rated within two working days; a serious one is "
        "told to every known deployment, and the log is looked at again."
    ),
)


def make(source: Source) -> Written:
    """The plan."""
    return sheet(source, STEM, TITLE, _PURPOSE, [
        Contents(depth=2),
        Heading("1. Who"),
        Table("Who does what", ("Role", "What they do"), _WHO, widths=(1.2, 4.0)),
        Heading("2. For every version"),
        Bullets(_STEPS, numbered=True),
        Heading("3. What is kept"),
        Paragraph(
            "The hazard log with its history, the outcomes of the tests of each release, the "
            "release manifest with every part it is made of, the case report, sign-offs, and the "
            "log of safety concerns with what came of each."
        ),
        Heading("4. When something is found in use"),
        Paragraph(
            "Whoever finds it reports it from the page it happened on, without naming anybody. "
            "The service decides at once whether to go on, what to do meanwhile, and whom to tell; "
            "what was wrong, and what was changed, is written beside it before it is closed."
        ),
    ])  # fmt: skip
