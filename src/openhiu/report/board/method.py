"""The back of the report: how it was worked out in plain English, what the data were, and
everything needed to make it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import metadata
from typing import Any, Final

from openhiu.evaluate import tables
from openhiu.evaluate.claims import NATURAL_FALL
from openhiu.paper.blocks import Block, Bullets, Heading, Note, Paragraph, Table
from openhiu.report import printed
from openhiu.report.board.source import Source, site_words

_TRAP: Final = (
    "People are chosen when they come to A&E most. Most people then come less often anyway, "
    "whoever helps them: a hard time passes. In made-up services that do nothing at all, the plain "
    f"comparison of before and after shows a fall of about {NATURAL_FALL[3]:.0f}% over 3 months "
    f"and {NATURAL_FALL[12]:.0f}% over 12. In a trial in Camden, New Jersey, before and after "
    "showed a large fall; the people who got no support fell just as much."
)
_LISTS: Final = (
    "The hospital's lists are made again for the years before the service existed, with the rule "
    "that makes them today. Nobody on those lists had a lead. What they went on to do, month by "
    "month, shows what happens by itself."
)
_EXPECTED: Final = (
    "From those people we learn how often somebody of the same age and sex, with the same "
    "attendances over the year before, comes in the months that follow; how busy the department "
    "was is allowed for. That is worked out for every client and added up: the number expected "
    "anyway. What happened, beside it, is the service's own share."
)
_SURE: Final = (
    "The range is a 95% range. It allows for the chance in who was supported and in who was on the "
    "earlier lists, and for some error of the method. With fewer than 12 people no estimate is "
    "printed, with fewer than 30 only a range. The plan was fixed before any result was seen, and "
    "is never changed because of a result."
)
_UNSEEN: Final = (
    "Leads choose, and people say yes, for reasons no data hold. In simulations that moved the "
    "12-month figure by up to about 6 points either way. A change at the hospital that touches "
    "only people who come often would be taken for the service's. Visits elsewhere, deaths "
    "prevented and quality of life are not in the figure."
)
_PLAIN: Final = (
    ("The trap.", _TRAP),
    ("What we compare with.", _LISTS),
    ("What is expected.", _EXPECTED),
    ("How sure we are.", _SURE),
    ("What it cannot see.", _UNSEEN),
)


def section(source: Source) -> list[Block]:
    """Method, checks, data notes, and what it was made from."""
    paragraphs = [Paragraph(text, lead) for lead, text in _PLAIN]
    return [Heading("How this was worked out"), *paragraphs, *_checks(source), *_data(source),
            *_made_from(source)]  # fmt: skip


def _checks(source: Source) -> list[Block]:
    found = source.evidence.items("checks")
    return [tables.checks(source.evidence.raw)] if found else []


def _data(source: Source) -> list[Block]:
    evidence = source.evidence
    sites = [_site(source, site) for site in evidence.items("sites")]
    notes = [*evidence.items("warnings"), *evidence.items("findings")]
    blocks: list[Block] = [Heading("The data"), Bullets(tuple(sites))]
    if notes:
        blocks.append(Note("What to know of the data", tuple(str(line) for line in notes)))
    return blocks


def _site(source: Source, site: Mapping[str, Any]) -> str:
    name = site_words(source, site)
    began = site.get("service_start")
    since = f" since {printed.day(began)}" if began else ""
    first = site.get("first_data")
    history = f"; hospital data from {printed.day(first)}" if first else ""
    return f"{name}: the service has run{since}{history}."


def _made_from(source: Source) -> list[Block]:
    evidence = source.evidence
    rows = [
        ("Made for", printed.day(source.as_of)),
        ("OpenHIU that made this report", metadata.version("openhiu")),
        ("OpenHIU that made the evaluation", str(evidence.raw.get("openhiu", ""))),
        ("Analysis plan (SHA-256)", evidence.plan_hash),
        *((f"Evaluated from {name}", digest) for name, digest in _inputs(source)),
    ]
    return [
        Table("What it was made from", ("What", "Which"), tuple(rows), widths=(1.3, 3),
              sheet="Made from"),
        Paragraph(
            "manifest.json beside this report holds the hash of every file and of everything it "
            "was made from. hiu report board --again makes it once more and says whether every "
            "byte is the same.",
            small=True,
        ),
    ]  # fmt: skip


def _inputs(source: Source) -> list[tuple[str, str]]:
    return [
        (str(one.get("name") or one.get("file") or "input"), str(one.get("sha256", "")))
        for one in source.evidence.items("inputs")
        if isinstance(one, Mapping)
    ]
