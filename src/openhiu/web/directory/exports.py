"""The directory as files for others: an actor comes in; Open Referral JSON or a table goes out."""

from __future__ import annotations

from typing import Any, Final

from openhiu.web.access.actor import Actor
from openhiu.web.directory import hours, needs, queries, words
from openhiu.web.directory.models import Listing
from openhiu.web.directory.open_referral.writing import write
from openhiu.web.directory.presenters import room

COLUMNS: Final = (
    "ref", "name", "organisation", "description", "helps_with", "eligibility", "age_from", "age_to",
    "ways_in", "how_to_refer", "cost", "cost_words", "hours", "hours_words", "bank_holidays",
    "phone", "text_number", "textphone", "email", "web", "address_1", "address_2", "town",
    "postcode", "areas", "good_to_know", "room", "room_heard_on", "last_verified", "status",
)  # fmt: skip


def open_referral(actor: Actor) -> dict[str, Any]:
    """Every service, ended ones too, as one page of the Open Referral UK API."""
    rows = Listing.objects.filter(service=actor.service_id).order_by("ref")
    contents = [write(row) for row in rows]
    return {
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "contents": contents,
    }


def table(actor: Actor) -> list[list[Any]]:
    """Running services in the order of COLUMNS."""
    return [_row(row) for row in queries.services(actor)]


def _row(row: Listing) -> list[Any]:
    told = {
        "helps_with": "; ".join(needs.labels(row.needs)),
        "ways_in": "; ".join(words.labels(row.routes, words.ROUTES)),
        "cost": row.get_cost_display(),
        "hours": hours.one_line(row.hours),
        "bank_holidays": row.get_bank_holidays_display(),
        "areas": "; ".join(row.areas),
        "good_to_know": "; ".join(words.labels(row.offers, words.OFFERS)),
        "room": room(row),
        "room_heard_on": row.capacity_on,
        "last_verified": row.verified_on,
        "status": row.get_status_display(),
    }
    return [told[name] if name in told else getattr(row, name) for name in COLUMNS]
