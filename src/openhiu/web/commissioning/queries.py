"""Scoped reads: who asks comes in; the area, its tiers and its documents go out, proved by hash."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from json import loads
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from openhiu.locality import Locality
from openhiu.report.tiers import told
from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.commissioning.area import reading
from openhiu.web.commissioning.models import AreaVersion, Comparison, Document, Making, Tiers
from openhiu.web.reporting.keeping import kept

GIVE_UP_AFTER: Final = timedelta(minutes=15)
STOPPED: Final = "It stopped before it was finished. Nothing was stored; ask for it again."


def areas(actor: Actor) -> QuerySet[AreaVersion]:
    """Every version of the area's settings, the newest first."""
    rows = AreaVersion.objects.filter(service=actor.service_id)
    return rows.select_related("saved_by__user").order_by("-number")


def latest_area(actor: Actor) -> AreaVersion | None:
    """The settings in force."""
    return areas(actor).first()


def area_or_missing(actor: Actor, area_id: UUID) -> AreaVersion:
    """One version of them."""
    return _one(areas(actor).filter(pk=area_id))


def settings_of(area: AreaVersion | None) -> dict[str, Any]:
    """What was set; nothing where nobody has set anything."""
    return dict(area.settings) if area else {}


def files_of(area: AreaVersion | None) -> dict[str, bytes]:
    """The files beside the settings, by name, proved.

    Raises:
        Altered: one is not what was kept.
    """
    if area is None:
        return {}
    return {name: kept(area.service_id, digest, name) for name, digest in area.files.items()}


def locality_of(area: AreaVersion | None) -> Locality:
    """The locality in force, as every command reads it.

    Raises:
        ConfigurationFault: the settings were kept by a version that read them otherwise.
        Altered: a file beside them is not what was kept.
    """
    return reading.read(settings_of(area), files_of(area))


def deliveries(actor: Actor) -> QuerySet[Tiers]:
    """Every delivery of tiers, newest received first."""
    rows = Tiers.objects.filter(service=actor.service_id)
    return rows.select_related("received_by__user").order_by("-received_at")


def latest_tiers(actor: Actor) -> Tiers | None:
    """The tiers in force."""
    return deliveries(actor).first()


def tiers_or_missing(actor: Actor, tiers_id: UUID) -> Tiers:
    """One delivery, whichever is in force."""
    return _one(deliveries(actor).filter(pk=tiers_id))


def tiers_file(tiers: Tiers, name: str) -> bytes:
    """One file of a delivery, proved.

    Raises:
        Missing: it has no such file.
        Altered: it is not what was received.
    """
    if name not in tiers.files:
        raise Missing
    return kept(tiers.service_id, tiers.files[name], name)


def told_by(tiers: Tiers) -> told.Tiers:
    """What a delivery tells, proved and read.

    Raises:
        Altered: it is not what was received.
        InputNotUsable: this version reads such a file otherwise.
    """
    return _read(tiers_file(tiers, told.FILE))


@lru_cache(maxsize=8)
def _read(data: bytes) -> told.Tiers:
    return told.read_tiers(loads(data))


def documents(actor: Actor) -> QuerySet[Document]:
    """Every document of the area, the newest first."""
    rows = Document.objects.filter(service=actor.service_id)
    return rows.select_related(
        "made_by__user", "set_aside_by__user", "tiers", "area", "evaluation"
    ).order_by("-made_at")


def kept_documents(actor: Actor, what: str = "") -> QuerySet[Document]:
    """Those that were not set aside; of one kind where it is named."""
    rows = documents(actor).filter(state=Document.State.KEPT)
    return rows.filter(what=what) if what else rows


def document_or_missing(actor: Actor, document_id: UUID) -> Document:
    """One of them."""
    return _one(documents(actor).filter(pk=document_id))


def document_file(document: Document, name: str) -> bytes:
    """One file of a document, proved.

    Raises:
        Missing: it has no such file.
        Altered: it is not what was made.
    """
    found = next((file for file in document.files if file["name"] == name), None)
    if found is None:
        raise Missing
    return kept(document.service_id, found["sha256"], name)


def page_of(document: Document) -> list[dict[str, Any]]:
    """The document's tables, pictures and sentences as the workspace draws them, proved."""
    found: list[dict[str, Any]] = loads(kept(document.service_id, document.page, "The page"))
    return found


def told_of(document: Document) -> dict[str, Any]:
    """The document's result as plain data, proved."""
    found: dict[str, Any] = loads(document_file(document, f"{document.what}.json"))
    return found


def comparisons(document: Document) -> QuerySet[Comparison]:
    """How often it was made again, and whether it was the same, the newest first."""
    return document.comparisons.select_related("compared_by__user").order_by("-compared_at")


def making_or_missing(actor: Actor, making_id: UUID) -> Making:
    """One request for a document."""
    rows = Making.objects.filter(service=actor.service_id, pk=making_id)
    return as_it_stands(_one(rows.select_related("document", "again", "asked_by__user")))


def running(actor: Actor) -> Making | None:
    """The document that is being made now, if any."""
    recent = timezone.now() - GIVE_UP_AFTER
    rows = Making.objects.filter(service=actor.service_id, state=Making.State.RUNNING)
    return rows.filter(asked_at__gte=recent).first()


def as_it_stands(making: Making) -> Making:
    """A request as people should see it: one begun too long ago has stopped. Nothing is saved."""
    old = timezone.now() - making.asked_at > GIVE_UP_AFTER
    if making.state == Making.State.RUNNING and old:
        making.state, making.message = Making.State.FAILED, STOPPED
    return making


def _one(rows: Any) -> Any:
    found = rows.first()
    if found is None:
        raise Missing
    return found
