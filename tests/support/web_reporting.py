"""Evaluations and reports for tests: a small folder of `hiu evaluate` by hand, and its rows."""

from __future__ import annotations

import copy
import io
import json
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Hospital, Organisation
from openhiu.web.reporting import actions, composing, queries
from openhiu.web.reporting.actions import making
from openhiu.web.reporting.models import Evaluation, Report
from openhiu.web.reporting.reading import version
from support.web import make_organisation

SITE, HOSPITAL = "RXX01", "Kestrel General"
SAMPLE = Path(__file__).with_name("evaluation_sample.json")
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60" width="100" height="60">'
    b'<rect width="60" height="20" fill="#005eb8"/></svg>'
)
PICTURE = {
    "file": "figures/the-picture-3-months.svg",
    "alt": "Bar chart of A&E attendances per person and month, 60 people, 3 months.",
    "caption": "A&E attendances per person and month at risk",
    "width": 480,
    "height": 200,
    "table": {
        "caption": "A&E attendances per person and month, 3 months",
        "columns": ["", "Mean", "95% range from", "to"],
        "rows": [["In the 3 months before", "3.96", "–", "–"],  # noqa: RUF001
                 ["Expected without the service", "1.98", "1.35", "2.92"],
                 ["What happened", "1.81", "–", "–"]],  # noqa: RUF001
        "note": "60 people.",
    },
}  # fmt: skip
PNG = b"\x89PNG\r\n\x1a\n" + b"picture"


def make_hospital(actor: Actor, code: str = SITE, name: str = HOSPITAL) -> Hospital:
    return Hospital.objects.create(
        service=actor.service, site_code=code, name=name,
        organisation=make_organisation(kind=Organisation.Kind.HOSPITAL),
    )  # fmt: skip


def result(**changes: Any) -> dict[str, Any]:
    """What evaluation.json says; `changes` take the place of its first level."""
    said: dict[str, Any] = json.loads(SAMPLE.read_text("utf-8"))
    said["openhiu"] = version()
    return copy.deepcopy(said) | changes


def evaluation_files(
    *, more: Mapping[str, bytes] | None = None, unnamed: Mapping[str, bytes] | None = None,
    **changes: Any,
) -> dict[str, bytes]:  # fmt: skip
    """The folder by name: `more` are files its manifest names, `unnamed` are others."""
    files = {
        "evaluation.json": json.dumps(result(**changes)).encode(),
        "evaluation.xlsx": b"PK\x03\x04 a workbook",
        "evaluation.pdf": b"%PDF-1.7 two pages",
        "figures/the-picture-3-months.svg": SVG,
        "figures/the-picture-3-months.png": PNG,
        **(more or {}),
    }
    hashes = {name: sha256(data).hexdigest() for name, data in files.items()}
    hashes["people.parquet"] = "0" * 64  # made, and kept where the store is
    manifest = {"what": "evaluation", "openhiu": version(), "sha256": hashes, "figures": [PICTURE]}
    return {**files, "manifest.json": json.dumps(manifest).encode(), **(unnamed or {})}


def zipped(files: Mapping[str, bytes], top: str = "evaluation/") -> SimpleUploadedFile:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(top + name, data)
    return SimpleUploadedFile("evaluation.zip", held.getvalue())


def one_by_one(files: Mapping[str, bytes]) -> list[SimpleUploadedFile]:
    """As a browser sends chosen files: without their folder."""
    return [SimpleUploadedFile(name.rpartition("/")[2], data) for name, data in files.items()]


def receive(analyst: Actor, **changes: Any) -> Evaluation:
    return actions.receive_evaluation(by=analyst, files=evaluation_files(**changes))


def make_made_report(
    maker: Actor, evaluation: Evaluation, quarter: str = "2026-Q3", **files: bytes
) -> Report:
    """A draft whose files are a few bytes each, kept as the real ones are."""
    composed = composing.Composed(
        files={
            "report.pdf": b"%PDF-1.7 a report",
            "report.docx": b"PK\x03\x04 a report",
            "report.html": b"<!DOCTYPE html><title>A report</title><style>p{margin:0}</style><p>A",
            "tables.xlsx": b"PK\x03\x04 tables",
            **{name.replace("__", "."): data for name, data in files.items()},
        },
        inputs={"service_facts.json": b'{"secret": "raw counts"}'},
        manifest=b'{"what": "report"}',
        left_out=["Nothing was said about money: no cost of the service is set."],
        refs=(),
    )
    return making.keep_report(
        by=maker, quarter=quarter, evaluation=evaluation,
        previous=queries.nearest(maker.service_id, quarter), composed=composed,
    )  # fmt: skip
