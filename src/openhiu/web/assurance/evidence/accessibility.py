"""The accessibility statement: what was tested and how, what is known not to work, whom to ask."""

from __future__ import annotations

from datetime import date
from typing import Final

from openhiu.paper.blocks import Block, Bullets, Fields, Heading, Paragraph

STANDARD: Final = "Web Content Accessibility Guidelines 2.2, level AA"
TESTED: Final = (
    "Journeys through every room in a real browser, at the width of a phone and of a desk.",
    "On each page of them an automatic checker (axe-core); nothing serious is let through.",
    "Signing in, finding somebody and logging a contact by keyboard alone, and without scripts.",
    "The PDFs it writes: tags, headings, tables, alternative texts and reading order.",
    "Figures always stand beside a table of the same numbers.",
)
KNOWN: Final = (
    "No person who uses assistive technology has tested it for the makers yet.",
    "Screen readers were not tried; the checker finds perhaps a third of all faults.",
    "A contents page in Word shows page numbers only after its fields are updated.",
    "Documents that others upload may not be accessible.",
)


def blocks(as_of: date, contact: str) -> list[Block]:
    """The statement; who answers for it here is the deployer's to say."""
    return [
        Paragraph(
            f"OpenHIU aims at {STANDARD}. It is partially compliant: nothing is known that fails, "
            "and not everything has been looked at by people."
        ),
        Heading("How it was tested"),
        Bullets(TESTED),
        Heading("What is known"),
        Bullets(KNOWN),
        Heading("If something does not work for you"),
        Fields("Contact", (
            ("Whom to tell", contact or "to be named by the organisation that runs this service"),
            ("How soon there is an answer", "to be settled by the organisation"),
            ("If you are not happy with the answer", "Equality Advisory and Support Service"),
            ("Prepared on", f"{as_of.day} {as_of:%B %Y}"),
        )),
    ]  # fmt: skip
