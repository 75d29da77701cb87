"""Specifications of the made-up area, complete and bare."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from openhiu.identify.criteria import Criteria
from openhiu.identify.criteria_file import load_preset
from openhiu.locality import Locality, locality_from
from openhiu.paper.blocks import (
    Bullets,
    Document,
    Fields,
    Heading,
    Note,
    Paragraph,
    Table,
)
from openhiu.report.service_specification.source import Source
from support.tiers import sample_tiers

AS_OF = date(2026, 4, 1)
SERVICE: dict[str, Any] = {
    "specification_number": "MV-HIU-2027",
    "commissioner": "Madeup Vale Integrated Care Board",
    "commissioner_lead": "Head of urgent care",
    "provider": "Follows from procurement",
    "provider_lead": "Follows from procurement",
    "contract_months": 24,
    "review_date": date(2028, 4, 1),
    "days": "Monday to Friday",
    "hours": "8am to 6pm",
    "referral": "None; partners may tell the lead of somebody.",
    "out_of_hours": "The crisis line of the mental health trust, at all hours",
    "location": "Vale Community Hub",
    "safeguarding": "The procedures of the Vale Safeguarding Adults Board (2025).",
    "information_sharing": "Vale information-sharing agreement, version 3.",
    "complaints": "To the provider, or to the complaints team of the board.",
    "outcomes": ["Half of the top tier asked within a year."],
    "preset": "spec-top-250",
}
PLACE: dict[str, Any] = {
    "name": "Madeup Vale",
    "sites": [
        {"code": "RA101", "name": "Vale General", "service": "One lead since 2024"},
        {"code": "RA102", "name": "South Vale Infirmary"},
    ],
    "footprint": {"lsoas": ["E01000001", "E01000002"], "gp_practices": ["A81001"]},
    "priority": {"plus": ["People without a home"]},
    "places": [{"code": "NORTH", "name": "North Vale"}, {"code": "SOUTH", "name": "South Vale"}],
    "money": {"leads": 1.0},
    "business_case": {"leads": 3, "starts": date(2026, 10, 1)},
    "service": SERVICE,
}


def place(**changed: Any) -> Locality:
    """The area with everything said, or with sections changed."""
    return locality_from({**PLACE, **changed}, Path("locality.toml"))


def source(criteria: Criteria | None = None, locality: Locality | None = None) -> Source:
    """What a complete specification is made of."""
    return Source(sample_tiers(), criteria or load_preset(), locality or place(), AS_OF)


def bare() -> Source:
    """An area that has said nothing."""
    return Source(sample_tiers(), load_preset(), Locality(), AS_OF, chosen=False)


def words_of(document: Document) -> str:
    """Everything the document says, block after block."""
    return "\n".join([document.title, document.subtitle, *map(_said, document.blocks)])


def _said(block: Any) -> str:
    match block:
        case Heading() | Paragraph():
            return block.text
        case Bullets():
            return "\n".join(block.items)
        case Note():
            return "\n".join((block.title, *block.lines))
        case Fields():
            return "\n".join((block.caption, block.note, *(" ".join(row) for row in block.rows)))
        case Table():
            rows = (" ".join(map(block.shown, row)) for row in block.rows)
            return "\n".join((block.caption, block.note, *rows))
        case _:
            return ""
