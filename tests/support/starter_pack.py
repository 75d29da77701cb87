"""A made-up place that is about to begin, and its starter pack."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from openhiu.identify.criteria_file import load_preset
from openhiu.locality import Locality, locality_from
from openhiu.paper.blocks import Document, Drawing
from openhiu.report.folder import Folder
from openhiu.report.starter_pack.make import make
from openhiu.report.starter_pack.source import Source
from support.tiers import sample_tiers

AS_OF = date(2026, 11, 23)
PLACE: Mapping[str, Any] = {
    "name": "Madeup Vale",
    "sites": [{"code": "RA101", "name": "Vale General"},
              {"code": "RA102", "name": "South Vale Infirmary"}],
    "go_live": {
        "date": "2027-07-01",
        "provider_named": "Vale Together CIC",
        "dpo": "Sam Okafor",
        "caldicott_guardian": "Dr Priya Nair",
        "safeguarding_lead": "Jo Field",
        "clinical_safety_officer": "Dr Lin Ash",
        "communications_lead": "Kit Marsh",
        "analyst": "Ali Dean",
        "controllers": ["Vale Hospitals NHS Trust", "Vale Together CIC"],
        "partners": ["Vale Mental Health Trust", "Vale Council housing"],
        "stakeholders": ["A&E: Matron J. Bell", "Prison resettlement: Hope Vale"],
        "host": "The Old Library",
        "phone": "01632 960001",
        "complaints": "the service manager, 01632 960002",
        "privacy_notice": "vale.example/privacy",
        "supervision": "Dr A. Lee",
        "coaching": "Coach Co",
        "done": ["approve"],
        "post": {"salary": "£38,000", "base": "The Old Library", "contract": "18 months",
                 "apply_to": "jobs@vale.example", "closing": "2027-02-01",
                 "interviews": "2027-02-15"},
    },
    "service": {"out_of_hours": "Vale Night Line, 01632 960003"},
}  # fmt: skip


def place(**go_live: Any) -> Locality:
    """The place, with other settings of [go_live]."""
    given = {**PLACE, "go_live": {**PLACE["go_live"], **go_live}}
    return locality_from(given, Path("locality.toml"))


def source(locality: Locality | None = None, as_of: date = AS_OF, **given: Any) -> Source:
    """What a pack is written from; the whole place with its tiers unless told otherwise."""
    tiers = given.get("tiers", sample_tiers())
    return Source(locality or place(), load_preset(), as_of, tiers)


@cache
def whole() -> Folder:
    """The pack of a place that has said everything."""
    return make(source())


@cache
def bare() -> Folder:
    """The pack of a place that has said nothing."""
    return make(source(Locality(), tiers=None))


def document(folder: Folder, stem: str) -> Document:
    """One document of a pack."""
    return next(one.document for one in folder.documents if one.stem == stem)


def words(found: Any) -> str:
    """Every word that a reader could meet in blocks, pictures left out."""
    if isinstance(found, str):
        return found
    if isinstance(found, Mapping):
        return json.dumps(found)
    if isinstance(found, list | tuple):
        return "\n".join(words(one) for one in found)
    if is_dataclass(found) and not isinstance(found, Drawing):
        return "\n".join(words(getattr(found, one.name)) for one in fields(found))
    return "" if found is None or isinstance(found, Drawing) else str(found)
