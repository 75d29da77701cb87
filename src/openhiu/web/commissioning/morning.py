"""What the morning page hangs up from here: how far the case for the service is."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework.home import OWN, Line, Section
from openhiu.web.commissioning import queries
from openhiu.web.commissioning.making.documents import KINDS
from openhiu.web.commissioning.models import Document
from openhiu.web.commissioning.presenters import still_missing
from openhiu.web.design import words

_NEW: Final = timedelta(days=14)
_SHOWN: Final = 3


def sections(actor: Actor) -> list[Section]:
    """For a commissioner the case; for an analyst that tiers are waited for."""
    if actor.is_(Role.COMMISSIONER):
        return [_the_case(actor)]
    if may(actor.role, Permission.DELIVER_TIERS) and queries.latest_tiers(actor) is None:
        return [_waited_for()] if queries.latest_area(actor) else []
    return []


def _the_case(actor: Actor) -> Section:
    documents = list(queries.kept_documents(actor)[:_SHOWN])
    lines = (_tiers(actor), *_missing(actor), *(_document(one) for one in documents))
    return Section(
        OWN, lines, title="The case for the service", order=90,
        more=("The area", reverse("commissioning:area")),
    )  # fmt: skip


def _tiers(actor: Actor) -> Line:
    tiers, url = queries.latest_tiers(actor), reverse("commissioning:tiers")
    if tiers is None:
        return Line("Tiers of the area", url, "The hospital's analyst delivers them",
                    tag=("Waiting", "yellow"))  # fmt: skip
    fresh = timezone.now() - tiers.received_at < _NEW
    return Line("Tiers of the area", url, f"{tiers.year}, received {words.day(tiers.received_at)}",
                tag=("New", "blue") if fresh else ("", ""))  # fmt: skip


def _missing(actor: Actor) -> list[Line]:
    found = still_missing(queries.kept_documents(actor), queries.latest_area(actor))
    if not found:
        return []
    return [
        Line("What documents still ask for", reverse("commissioning:settings"),
             f"{len(found)} settings of the area", tag=("To say", "blue"))
    ]  # fmt: skip


def _document(document: Document) -> Line:
    title = KINDS[document.what].title if document.what in KINDS else document.title
    return Line(title, reverse("commissioning:document", args=[document.pk]),
                f"Made {words.day(document.made_at)}")  # fmt: skip


def _waited_for() -> Section:
    line = Line(
        "Tiers of the area", reverse("commissioning:tiers"),
        "The commissioner has set the area and waits for them", tag=("To do", "blue"),
    )  # fmt: skip
    return Section(OWN, (line,), title="For the commissioner")
