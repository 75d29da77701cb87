"""Lists for tests: a few facts come in; a folder as `hiu identify` writes it, or rows, go out."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from openhiu.tables.handover import LIST_COLUMNS, PEOPLE_COLUMNS
from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Gateway, Hospital, Organisation, Role, Service
from openhiu.web.intake import actions
from openhiu.web.intake.models import Listed, ReceivedList
from support.web import make_member, make_organisation, make_service
from support.web_lawful import make_gateway
from support.web_people import nhs_number

SITE, OTHER_SITE = "ZT101", "ZT102"


@dataclass
class Place:
    """A service with two hospitals, and everyone a list meets on its way."""

    service: Service
    trust: Organisation
    hospital: Hospital
    analyst: Actor
    supervisor: Actor
    lead: Actor


def make_place(**facts: Any) -> Place:
    """A service ready to receive a list."""
    service = make_service(**facts)
    trust = make_organisation(kind=Organisation.Kind.HOSPITAL)
    analyst = make_member(service, Role.ANALYST, organisation=trust, name="Ivy Analyst")
    hospital, _ = (
        Hospital.objects.create(service=service, organisation=trust, site_code=code, name=name)
        for code, name in ((SITE, "Kestrel General"), (OTHER_SITE, "Rowan Royal Infirmary"))
    )
    make_gateway(service, trust)
    return Place(
        service=service,
        trust=trust,
        hospital=hospital,
        analyst=analyst,
        supervisor=make_member(service, Role.SUPERVISOR, name="Sam Supervisor"),
        lead=make_member(service, Role.LEAD, name="Lee Lead"),
    )


def row(
    rank: int = 1, list_id: str = SITE, nth: int | None = None, **changes: Any
) -> dict[str, Any]:
    """One row of list.csv as hiu identify writes it; the person is made up from `nth`."""
    number = nhs_number(nth if nth is not None else 5000 + rank)
    return {
        "list_id": list_id, "rank": rank, "person_id": number, "attendances": 40 - rank % 37,
        "max_in_month": 6, "attendances_12m": 50, "by_ambulance": 3, "admissions": 1,
        "sites_attended": 1, "first_arrival": "2026-07-03T10:15:00",
        "last_arrival": "2026-09-28T23:40:00", "age": 44, "sex": "2", "imd_decile": 2,
        "rules": "top 250", "tied": "false", "change": "",
        "why": f"Came to Kestrel General {40 - rank % 37} times between July and September 2026.",
        "name": f"Robin Sample{rank}", "nhs_number": number, "phone": f"07700 90{rank:04d}",
        "warning_flags": "", **changes,
    }  # fmt: skip


@dataclass
class Folder:
    """What hiu identify would write, before it is written: change anything, then take its bytes."""

    rows: list[dict[str, Any]] = field(default_factory=lambda: [row(1), row(2), row(3)])
    suggestions: list[list[Any]] = field(default_factory=list)
    changes: list[list[Any]] = field(default_factory=list)
    manifest: dict[str, Any] = field(default_factory=dict)
    as_of: str = "2026-10-01"

    def files(self) -> dict[str, bytes]:
        """Each file's bytes by name."""
        columns = (*LIST_COLUMNS, *PEOPLE_COLUMNS)
        flow = [["everything in the store", 900, 400], ["listed", 120, len(self.rows)]]
        return {
            "list.csv": sheet(columns, [[one[name] for name in columns] for one in self.rows]),
            "flow.csv": sheet(("step", "attendances", "people"), flow),
            "changes.csv": sheet(("list_id", "person_id", "change", "reason"), self.changes),
            "suggestions.csv": sheet(
                ("site_code", "person_id", "attendances", "reason", "on_list"), self.suggestions
            ),
            "fairness.csv": sheet(
                ("dimension", "group", "listed", "listed_share", "attenders", "attenders_share"),
                [["Age", "18 to 24", 45, "10%", 45, "10%"]],
            ),
            "manifest.json": json.dumps(self.told()).encode(),
        }

    def told(self) -> dict[str, Any]:
        """The manifest."""
        counts: dict[str, int] = {}
        for one in self.rows:
            counts[one["list_id"]] = counts.get(one["list_id"], 0) + 1
        return {
            "openhiu": "0.1.0", "preset": "spec-top-250", "as_of": self.as_of,
            "criteria": {"title": "The 250 people with most attendances", "youngest": 18},
            "criteria_in_words": ["People aged 18 and over are counted."],
            "locality": "Larkham", "footprint": "", "data_cut_off": "2026-09-30T23:33:00",
            "window": {"start": "2026-07-01", "end_excluded": self.as_of},
            "inputs": [], "warnings": [],
            "lists": [
                {"list_id": list_id, "listed": count, "people_who_attended": count, "tied": False}
                for list_id, count in counts.items()
            ],
            **self.manifest,
        }  # fmt: skip

    def uploads(self, **changed: bytes | None) -> list[SimpleUploadedFile]:
        """The files as they are uploaded; `list_csv=None` leaves list.csv out."""
        files = self.files()
        for name, data in changed.items():
            real = name[::-1].replace("_", ".", 1)[::-1]
            files.pop(real, None)
            if data is not None:
                files[real] = data
        return [SimpleUploadedFile(name, data) for name, data in files.items()]

    def zipped(self, prefix: str = "list/") -> SimpleUploadedFile:
        """The same as one zip."""
        return SimpleUploadedFile("list.zip", zip_of({f"{prefix}{name}": data
                                  for name, data in self.files().items()}))  # fmt: skip

    def write(self, folder: Path) -> Path:
        """The same on the disk."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in self.files().items():
            (folder / name).write_bytes(data)
        return folder


def sheet(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """The bytes of a CSV file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode()


def zip_of(files: dict[str, bytes]) -> bytes:
    """The bytes of a zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def listing_of(folder: Folder) -> dict[str, Any]:
    """The folder as reading gives it, without a process of its own."""
    from datetime import date

    from openhiu.web.intake.reading.listing import read_listing

    return read_listing(
        folder.files(), sites=frozenset({SITE, OTHER_SITE}), ours="0.1.0", today=date(2030, 1, 1)
    )


def proposed(place: Place, folder: Folder | None = None) -> ReceivedList:
    """A list that waits for a second person."""
    from openhiu.web.intake.actions.receiving import propose

    return propose(by=place.analyst, listing=listing_of(folder or Folder()))


def after_opt_outs(folder: Folder, asked_days_ago: float = 0, **said: Any) -> Folder:
    """The folder as hiu opt-out apply writes it: it says when was asked, and binds its files."""
    from datetime import timedelta

    from django.utils import timezone

    asked = timezone.now() - timedelta(days=asked_days_ago)
    folder.manifest = {
        **folder.manifest,
        "files": {"list.csv": hashlib.sha256(folder.files()["list.csv"]).hexdigest()},
        "opt_out": {
            "workflow": "SPINE_NTT_UPHOLDING", "asked_at": asked.isoformat(),
            "applied_at": asked.isoformat(), "request_sha256": "a" * 64, "reply_sha256": "b" * 64,
            "valid_days": 7, **said,
        },
    }  # fmt: skip
    return folder


def released(
    place: Place, folder: Folder | None = None, mode: str = "direct_care", **more: Any
) -> ReceivedList:
    """A list the leads can see; `more` are facts of the gateway it is released under."""
    folder = folder or Folder()
    found = proposed(place, after_opt_outs(folder) if mode == "section_251" else folder)
    return let_go(place, found, mode, **more)


def let_go(
    place: Place, received: ReceivedList, mode: str = "direct_care", **more: Any
) -> ReceivedList:
    """Release a list under a gateway of this kind."""
    gateway = Gateway.objects.filter(service=place.service, kind=mode, **more).first()
    gateway = gateway or make_gateway(place.service, place.trust, kind=mode, **more)
    return actions.release(by=place.supervisor, received=received, gateway=gateway)


def rows_in(received: ReceivedList, **only: Any) -> list[Listed]:
    """Its rows by rank."""
    found = Listed.objects.select_related("received").filter(received=received, **only)
    return list(found.order_by("kind", "list_id", "rank"))
