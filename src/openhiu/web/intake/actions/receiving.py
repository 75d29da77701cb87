"""A checked list comes in; it is proposed, with its rows, and waits for a second person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from openhiu.tables.handover import ALL_SITES
from openhiu.tables.identifiers import IdentifierFault, read_nhs_number
from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import tell_supervisors
from openhiu.web.access.audit import Did, record
from openhiu.web.access.models import Hospital, Service
from openhiu.web.access.permissions import Permission
from openhiu.web.intake import policies
from openhiu.web.intake.comparing import Compared, compare
from openhiu.web.intake.models import Change, Listed, ReceivedList
from openhiu.web.intake.reading.faults import Fault, NotUsable
from openhiu.web.intake.reading.process import Uploaded, read_files, read_upload

_LONDON: Final = ZoneInfo("Europe/London")
_LIVE: Final = (ReceivedList.State.PROPOSED, ReceivedList.State.RELEASED)
_COPIED: Final = (
    "list_id", "rank", "attendances", "max_in_month", "attendances_12m", "by_ambulance",
    "admissions", "sites_attended", "age", "sex", "imd_decile", "rules", "tied", "change", "why",
)  # fmt: skip
_IDENTITY: Final = ("name", "nhs_number", "phone", "warning_flags")


def receive_list(*, by: Actor, folder: Path) -> ReceivedList:
    """Propose the list in an output folder of `hiu identify`. See `receive_upload`."""
    policies.must_hold(by, Permission.UPLOAD_LIST)
    policies.must(policies.why_not_upload(by))
    files = {path.name: path for path in sorted(folder.iterdir()) if path.is_file()}
    listing = read_files(files, sites=site_codes(by), today=timezone.localdate())
    return propose(by=by, listing=listing)


def receive_upload(*, by: Actor, uploads: Iterable[Uploaded]) -> ReceivedList:
    """Propose the list in some uploaded files: one zip, or the files of the folder.

    Raises:
        NotUsable: with every fault found; nothing is stored.
        NotAllowed: their role cannot, or no legal gateway covers a list from them.
    """
    policies.must_hold(by, Permission.UPLOAD_LIST)
    policies.must(policies.why_not_upload(by))
    listing = read_upload(uploads, sites=site_codes(by), today=timezone.localdate())
    return propose(by=by, listing=listing)


def site_codes(by: Actor) -> list[str]:
    """The site codes of the service's hospitals."""
    hospitals = Hospital.objects.filter(service=by.service)
    return list(hospitals.values_list("site_code", flat=True))


@transaction.atomic
def propose(*, by: Actor, listing: Mapping[str, Any]) -> ReceivedList:
    """Store a checked list (reading.listing) as proposed. Raises NotUsable when it is here already.

    Two uploads of one list at the same moment count once: the service's row is held.
    """
    policies.must(policies.why_not_upload(by))
    Service.objects.select_for_update().get(pk=by.service_id)
    twin = ReceivedList.objects.filter(
        service=by.service, content_hash=listing["hash"], state__in=_LIVE
    ).first()
    if twin:
        label = ReceivedList.State(twin.state).label.lower()
        raise NotUsable(Fault(f"This list is here already ({label}); nothing was stored twice"))
    manifest = listing["manifest"]
    as_of = date.fromisoformat(manifest["as_of"])
    received: ReceivedList = ReceivedList.objects.create(
        service=by.service,
        as_of=as_of,
        window_from=date.fromisoformat(manifest["window"]["start"]),
        data_cut_off=_aware(manifest["data_cut_off"]),
        preset=manifest["preset"][:60],
        manifest=manifest,
        content_hash=listing["hash"],
        flow=listing["flow"],
        fairness=listing["fairness"],
        warnings=[*manifest["warnings"], *_own_warnings(by, as_of)],
        uploaded_by=by.membership,
    )
    compared = _compared(by, received, listing)
    _keep_rows(received, listing, compared)
    record(by, Did.UPLOADED, about=received, rows=len(listing["rows"]))
    tell_supervisors(by, "A hospital list is waiting for your review.", received_url(received))
    return received


def received_url(received: ReceivedList) -> str:
    """The address of a received list's review."""
    from django.urls import reverse

    return str(reverse("intake:review", args=[received.pk]))


def _own_warnings(by: Actor, as_of: date) -> list[str]:
    """What only the service can know about a list."""
    newer = ReceivedList.objects.filter(
        service=by.service, state=ReceivedList.State.RELEASED, as_of__gt=as_of
    )
    if newer.exists():
        return ["A list of a later date is released already: this one is older."]
    return []


def _compared(by: Actor, received: ReceivedList, listing: Mapping[str, Any]) -> Compared:
    """What changed: as the analyst's files say it, or against what this service had before."""
    if listing["compared"]:
        return Compared({}, [(row["list_id"], row["person_id"], row["reason"])
                             for row in listing["left"]])  # fmt: skip
    earlier = (
        Listed.objects.filter(
            service=by.service,
            kind=Listed.Kind.RANKED,
            received__state=ReceivedList.State.RELEASED,
            received__as_of__lt=received.as_of,
        )
        .exclude(person_ref="")
        .order_by("received__as_of")
        .values_list("list_id", "person_ref", "received__as_of")
    )
    now = [(row["list_id"], row["person_id"]) for row in listing["rows"]]
    return compare(now, list(earlier))


def _keep_rows(received: ReceivedList, listing: Mapping[str, Any], compared: Compared) -> None:
    by_ref = {row["person_id"]: row for row in listing["rows"]}
    rows = [_ranked(received, row, compared) for row in listing["rows"]]
    rows += [
        _suggested(received, number, row, by_ref)
        for number, row in enumerate(listing["suggested"], start=1)
    ]
    Listed.objects.bulk_create(rows, batch_size=500)
    Change.objects.bulk_create(
        [
            Change(
                service_id=received.service_id,
                received=received,
                list_id=list_id,
                person_ref=person_ref,
                change="left",
                reason=reason,
            )
            for list_id, person_ref, reason in compared.left
        ],
        batch_size=500,
    )


def _ranked(received: ReceivedList, row: Mapping[str, Any], compared: Compared) -> Listed:
    change = row["change"] or compared.change.get((row["list_id"], row["person_id"]), "")
    return Listed(
        service_id=received.service_id,
        received=received,
        **{name: row[name] for name in _COPIED} | {"change": change},
        first_arrival=_aware(row["first_arrival"]),
        last_arrival=_aware(row["last_arrival"]),
        person_ref=row["person_id"],
        **_identity(row),
    )


def _suggested(
    received: ReceivedList, number: int, row: Mapping[str, Any], by_ref: Mapping[str, Any]
) -> Listed:
    """A suggestion, with the facts and the identity of the same person's row where there is one."""
    listed = by_ref.get(row["person_id"], {})
    facts = {name: listed.get(name) for name in ("age", "imd_decile", "attendances_12m")}
    return Listed(
        service_id=received.service_id,
        received=received,
        kind=Listed.Kind.SUGGESTED,
        list_id=row["site_code"] or ALL_SITES,
        rank=number,
        person_ref=row["person_id"],
        attendances=row["attendances"],
        why=row["reason"],
        sex=listed.get("sex", ""),
        **facts,
        **_identity(listed or {"person_id": row["person_id"]}),
    )


def _identity(row: Mapping[str, Any]) -> dict[str, str]:
    """Name, number, phone and flags; where the hospital's key is an NHS number, that one."""
    found = {name: row.get(name) or "" for name in _IDENTITY}
    if not found["nhs_number"]:
        number = read_nhs_number(row["person_id"])
        found["nhs_number"] = "" if isinstance(number, IdentifierFault) else number
    return found


def _aware(local: str | None) -> datetime | None:
    return datetime.fromisoformat(local).replace(tzinfo=_LONDON) if local else None
