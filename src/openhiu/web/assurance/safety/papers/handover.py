"""What is handed to the organisation that deploys the software: a beginning for its own safety
case under DCB0160, with every hazard that is left to it.
"""

from __future__ import annotations

from openhiu.paper.blocks import Bullets, Contents, Fields, Heading, Paragraph, Table
from openhiu.report.folder import Written
from openhiu.web.assurance.safety.papers.sheet import Source, sheet

STEM = "deployment-safety-starter"
TITLE = "Safety case for deployment: a beginning"
_PURPOSE = "For the organisation that runs the service: what it has to settle under DCB0160."
_BEFORE = (
    "Name a clinical safety officer of your own.",
    "Go through every hazard below with the people who will do the work; add your own.",
    "Go through the readiness page until nothing on it is open.",
    "Train every user: worried about someone, contact safety, restricted addresses, downtime.",
    "Rehearse a restore from a backup, and a day without the application.",
    "Sign, with the date on which you will look again.",
)
_DOWN = (
    "Use the paper form for contacts; keep it locked away and type it in afterwards.",
    "Ring clients from the day's printed sheet; who has no safe number on it is not rung.",
    "For a visit, tell the buddy by telephone when you go and when you are back.",
    "A safeguarding concern is never delayed: telephone first, write it down afterwards.",
    "Tell the service manager; after four hours the manager tells the partners.",
)


def make(source: Source) -> Written:
    """The document, with a row to fill in for every hazard."""
    rows = tuple((one.id, one.name, one.deployer, one.residual.words, "") for one in source.log)
    return sheet(source, STEM, TITLE, _PURPOSE, [
        Contents(depth=2),
        Heading("1. Who answers for it here"),
        Fields("Deployment", (("Organisation", source.service), ("Clinical safety officer", ""),
                              ("Version deployed", source.version), ("Sites and teams", ""))),
        Heading("2. Before the first day"),
        Bullets(_BEFORE, numbered=True),
        Heading("3. Hazards that are left to you"),
        Paragraph("The last column is yours: who does it, where that is written, your own rating."),
        Table("Transferred hazards", ("Hazard", "What could happen", "What is left to you",
                                      "Rating left", "Yours"), rows,
              widths=(0.7, 2.2, 2.6, 1.3, 1.2)),
        Heading("4. A day without the application"),
        Bullets(_DOWN),
        Heading("5. Decision"),
        Fields("Clinical safety officer of the deploying organisation",
               (("Name and registration", ""), ("Decision", ""), ("Date", ""),
                ("Look again on", ""))),
    ])  # fmt: skip
