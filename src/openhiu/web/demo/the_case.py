"""The case for the made-up service: its store and its people come in; tiers delivered by the
analyst, the area set by the commissioner and the papers that ask for the money go out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from openhiu import programme
from openhiu.web.access.actor import Actor
from openhiu.web.access.row_security import set_service
from openhiu.web.commissioning.actions import (
    make_document,
    receive_tiers,
    save_section,
    take_file,
)
from openhiu.web.commissioning.area import files as area_files
from openhiu.web.commissioning.area.sections import SECTIONS

TIERS: Final = "tiers"
LOCALITY: Final = "locality.toml"
# What the commissioner has made so far; the starter pack and reach are left for the visitor.
_MADE: Final = ("tiers", "staffing", "business-case", "service-specification")


def show(actors: dict[str, Actor], store: Path, as_of: date, out: Path) -> None:
    """Count the tiers into the folder, deliver them, set the area and make its papers."""
    made = programme.make_tiers(programme.TiersOptions(store, as_of, out / TIERS), say=_quietly)
    frank, lena = actors["frank"], actors["lena"]
    inside = made.out / "publishable"
    told = {name: (inside / name).read_bytes() for name in ("tiers.json", "manifest.json")}
    with transaction.atomic():
        set_service(lena.service_id)
        _set(lena, store / LOCALITY, as_of)
        receive_tiers(by=frank, files=told)
    for what in _MADE:
        make_document(by=lena, what=what)


def _set(lena: Actor, locality: Path, as_of: date) -> None:
    """She began with the service's own file, then said what her papers asked for. A few things are
    still to be said, as they are on any Wednesday.
    """
    settings, beside = area_files.beside(locality)
    area = take_file(by=lena, settings=settings, files=beside, way="service")
    for key, values in _typed(as_of).items():
        area = save_section(
            by=lena, section=SECTIONS[key], version=area.number, values=values
        )  # fmt: skip


def _typed(as_of: date) -> Mapping[str, Mapping[str, Any]]:
    """What she typed, by section. The contract begins in the April after next."""
    start = date(as_of.year + (as_of.month > 3), 4, 1)
    return {
        "business-case": {
            "starts": start.isoformat(),
            "months": 24,
            "deficit_gbp": 18_500_000,
            "deficit_year": f"{as_of.year}/{(as_of.year + 1) % 100:02d}",
            "funding_source": "The area's health inequalities allocation",
            "approval_body": "Finance and Performance Committee",
            "approval_by": (start - timedelta(days=120)).isoformat(),
            "owner": "Lena Marsh, urgent care commissioning",
        },
        "go-live": {"date": start.isoformat(), "provider_named": "Open Door Communities"},
        "service": {
            "commissioner_lead": "Lena Marsh",
            "specification_number": "LM-HIU-1",
            "out_of_hours": "Night Line Larkham, every day 6pm to 6am",
            "contract_months": 24,
        },
        "criteria-of-the-list": {"preset": "spec-top-250"},
    }


def _quietly(_words: str) -> None:
    """The demonstration says itself how far it is."""
