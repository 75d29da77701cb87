"""The area, its tiers and its documents for tests: settings by hand, and a small document."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from openhiu.report.tiers import as_data
from openhiu.web.access.actor import Actor
from openhiu.web.commissioning import actions
from openhiu.web.commissioning.actions import keeping
from openhiu.web.commissioning.making import composing
from openhiu.web.commissioning.making.documents import KINDS
from openhiu.web.commissioning.making.sources import sources_now
from openhiu.web.commissioning.models import AreaVersion, Document, Tiers
from support.tiers import sample_tiers

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60" width="100" height="60">'
    b'<rect width="60" height="20" fill="#005eb8"/></svg>'
)
SETTINGS: dict[str, Any] = {
    "name": "Madeup Vale",
    "places": [
        {"code": "NORTH", "name": "North Vale", "leads": 1, "sites": ["RA101"]},
        {"code": "SOUTH", "name": "South Vale", "leads": 0, "sites": ["RA102"]},
        {"code": "EAST", "name": "East Vale", "leads": 0},
    ],
    "sites": [
        {"code": "RA101", "name": "Vale General"},
        {"code": "RA102", "name": "South Vale Infirmary"},
    ],
    "money": {"lead_cost_a_year": 60000, "price_year": "2025/26"},
    "business_case": {"starts": "2027-04-01", "months": 24},
}


def tiers_files(publishable: bool = True, **changes: Any) -> dict[str, bytes]:
    """What `hiu report tiers` writes: `changes` take the place of its first level."""
    told = as_data(sample_tiers(publishable=publishable)) | changes
    if publishable:
        _round_hospitals(told["units"])
    data = json.dumps(told, ensure_ascii=False).encode()
    manifest = {"what": "tiers", "sha256": {"tiers.json": sha256(data).hexdigest()}}
    return {"tiers.json": data, "manifest.json": json.dumps(manifest).encode()}


def _round_hospitals(units: list[Any]) -> None:
    """The fewest and most people of a hospital, as hiu report tiers hands them on."""
    for people in (one["people"] for unit in units for one in unit["tiers"].values()):
        for key in ("min", "max"):
            if isinstance(people[key], int | float):
                people[key] = 5 * round(people[key] / 5)


def zipped_tiers(files: Mapping[str, bytes]) -> SimpleUploadedFile:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"tiers/{name}", data)
    return SimpleUploadedFile("tiers.zip", held.getvalue())


def deliver(analyst: Actor, **changes: Any) -> Tiers:
    return actions.receive_tiers(by=analyst, files=tiers_files(**changes))


def set_area(commissioner: Actor, **changes: Any) -> AreaVersion:
    return actions.take_file(by=commissioner, settings=SETTINGS | changes, files={})


def make_document(commissioner: Actor, what: str = "business-case", **files: bytes) -> Document:
    """A document whose files are a few bytes each, kept as the real ones are."""
    page = [{"title": "A document", "stem": what, "blocks": [
        {"kind": "heading", "text": "Need", "level": 2},
        {"kind": "figure", "name": "figures/leads.svg", "alt": "Bars", "caption": "Leads",
         "width": 100, "height": 60, "table": None},
    ]}]  # fmt: skip
    composed = composing.Composed(
        title="Business case, Madeup Vale",
        files={
            f"{what}.pdf": b"%PDF-1.7 a case",
            f"{what}.docx": b"PK\x03\x04 a case",
            f"{what}.html": b"<!DOCTYPE html><title>A case</title><style>p{margin:0}</style><p>A",
            f"{what}.json": b"{}",
            "figures/leads.svg": SVG,
            **{name.replace("__", "."): data for name, data in files.items()},
        },
        inputs={"locality.toml": b'name = "Madeup Vale"\n'},
        manifest=b'{"what": "business-case"}',
        page=json.dumps(page).encode(),
        missing=[{"what": "Who is asked to approve",
                  "remedy": 'Write approval_body = "…" in [business_case] of the locality file.'}],
        warnings=["No year before."],
    )  # fmt: skip
    return keeping.keep_document(
        by=commissioner, kind=KINDS[what], sources=sources_now(commissioner), composed=composed
    )
