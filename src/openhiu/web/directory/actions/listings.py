"""Writing about one service: what was typed comes in and is kept; a stale save never overwrites."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed, Stale
from openhiu.web.directory import needs, policies
from openhiu.web.directory.history import said
from openhiu.web.directory.models import Listing
from openhiu.web.directory.open_referral import tidy
from openhiu.web.directory.open_referral.reading import read
from openhiu.web.directory.words import LABELS, OFFERS, ROUTES
from openhiu.web.people.fold import fold

# What a person may change in the form; the rest has actions of its own.
TYPED: Final = (
    "name", "organisation", "partner", "description", "needs", "eligibility", "age_from", "age_to",
    "routes", "how_to_refer", "cost", "cost_words", "hours", "hours_words", "bank_holidays",
    "phone", "textphone", "text_number", "email", "web", "address_1", "address_2", "town",
    "postcode", "areas", "offers",
)  # fmt: skip
_LONG: Final = ("description", "eligibility", "how_to_refer", "cost_words", "hours_words")
_LINES: Final = {
    "name": 200, "organisation": 200, "phone": 40, "textphone": 40, "text_number": 40,
    "email": 254, "web": 500, "address_1": 200, "address_2": 200, "town": 100, "postcode": 10,
}  # fmt: skip


@transaction.atomic
def add_listing(*, by: Actor, **facts: Any) -> Listing:
    """Add a service to the directory (keys of TYPED); whoever adds it has just verified it."""
    policies.must_change(by)
    told = tidied(facts)
    if not told.get("name"):
        raise NotAllowed("Give the name of the service.")
    listing = Listing(
        service=by.service,
        ref=str(uuid4()),
        changed_by=by.membership,
        verified_on=timezone.localdate(),
        verified_by=by.membership,
        **told,
    )
    index(listing)
    listing.save()
    record(by, Did.ADDED, about=listing)
    return listing


@transaction.atomic
def change_listing(*, by: Actor, listing: Listing, version: int, **facts: Any) -> Listing:
    """Change what stands about a service (keys of TYPED).

    Raises:
        Stale: someone saved since `version`; carries both texts, nothing is overwritten.
    """
    policies.must_change(by)
    held = _held(by, listing)
    wanted = tidied(facts)
    differs = [name for name in wanted if getattr(held, name) != wanted[name]]
    if differs and held.version != version:
        raise Stale([(LABELS[name], said(name, getattr(held, name)), said(name, wanted[name]))
                     for name in differs])  # fmt: skip
    return _save(by, held, {name: wanted[name] for name in differs})


@transaction.atomic
def say_room(
    *,
    by: Actor,
    listing: Listing,
    capacity: str,
    said_by: str,
    heard_on: date | None = None,
    waiting_weeks: int | None = None,
    note: str = "",
) -> Listing:
    """Note whether a service has room, who said so and when."""
    policies.must_change(by)
    policies.must_be_running(listing)
    if capacity not in Listing.Capacity.values:
        raise NotAllowed("There is no such answer.")
    waits = waiting_weeks if capacity == "waiting" else None
    return _save(by, _held(by, listing), {
        "capacity": capacity,
        "waiting_weeks": waits,
        "capacity_note": tidy.line(note, 300),
        "capacity_on": heard_on or timezone.localdate(),
        "capacity_said_by": tidy.line(said_by, 200),
    })  # fmt: skip


@transaction.atomic
def verify(*, by: Actor, listing: Listing) -> Listing:
    """Somebody looked or called: everything that stands here is still right."""
    policies.must_change(by)
    policies.must_be_running(listing)
    held = _held(by, listing)
    today = {"verified_on": timezone.localdate(), "verified_by": by.membership}
    return _save(by, held, today, verified=True)


@transaction.atomic
def end_listing(*, by: Actor, listing: Listing, why: str, ended_on: date | None = None) -> Listing:
    """A service is no more: it leaves every search, and stays in the history."""
    policies.must_change(by)
    if not why.strip():
        raise NotAllowed("Say why it ended, or where people go now.")
    return _save(by, _held(by, listing), {
        "status": str(Listing.Status.DEFUNCT),
        "ended_on": ended_on or timezone.localdate(),
        "ended_why": tidy.line(why, 300),
    })  # fmt: skip


@transaction.atomic
def open_again(*, by: Actor, listing: Listing) -> Listing:
    """It runs after all, or again."""
    policies.must_change(by)
    running = {"status": str(Listing.Status.ACTIVE), "ended_on": None, "ended_why": ""}
    return _save(by, _held(by, listing), running)


def tidied(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed in the one form it is kept in.

    Raises:
        TypeError: a name that nobody types.
    """
    strange = set(facts) - set(TYPED)
    if strange:
        raise TypeError(f"not typed in this form: {sorted(strange)}")
    told = dict(facts)
    told |= {name: tidy.text(told[name]) for name in _LONG if name in told}
    told |= {name: tidy.line(told[name], _LINES[name]) for name in _LINES if name in told}
    if told.get("web") and "://" not in told["web"]:
        told["web"] = f"https://{told['web']}"
    if "postcode" in told:
        told["postcode"] = told["postcode"].upper()
    if "areas" in told:
        lines = [tidy.line(one, 100) for one in told["areas"]]
        told["areas"] = list(dict.fromkeys(one for one in lines if one))
    if "needs" in told:
        told["needs"] = needs.known(told["needs"])
    for name, table in (("routes", ROUTES), ("offers", OFFERS)):
        if name in told:
            told[name] = [key for key in table if key in told[name]]
    if "hours" in told:
        told["hours"] = {day: sorted(spells) for day, spells in told["hours"].items() if spells}
    return told


def index(listing: Listing) -> None:
    """Keep the folded words that the search reads."""
    told = [listing.name, listing.organisation, listing.description, listing.eligibility,
            listing.town, *needs.labels(listing.needs), *listing.areas]  # fmt: skip
    listing.search_text = fold(" ".join(told))


def _held(by: Actor, listing: Listing) -> Listing:
    found: Listing | None = (
        Listing.objects.select_for_update().filter(pk=listing.pk, service=by.service_id).first()
    )
    if found is None:
        raise Missing
    return found


def _save(by: Actor, held: Listing, facts: Mapping[str, Any], **detail: Any) -> Listing:
    changed = [name for name, value in facts.items() if getattr(held, name) != value]
    for name in changed:
        setattr(held, name, facts[name])
    if changed or detail:
        held.changed_at, held.changed_by = timezone.now(), by.membership
        held.version += 1
        held.changed_here = differs_from_file(held)
        index(held)
        held.save()
        record(by, Did.CHANGED, about=held, fields=changed, **detail)
    return held


def differs_from_file(listing: Listing) -> bool:
    """Whether a row says something else than the file it came from; one without a file does."""
    told = read(listing.foreign) if listing.foreign else {"name": None}
    return any(getattr(listing, name) != value for name, value in told.items())
