"""What of the directory somebody sees: an actor and what they look for come in, services go out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import Service
from openhiu.web.directory import hours, needs, night
from openhiu.web.directory.areas import covers
from openhiu.web.directory.models import Listing, Proposal
from openhiu.web.directory.night import Answer
from openhiu.web.directory.words import VERIFIED_DAYS
from openhiu.web.people.fold import fold

HERE: Final = Q(status__in=(Listing.Status.ACTIVE, Listing.Status.CLOSED_FOR_NOW))


@dataclass(frozen=True)
class Sought:
    """What somebody looks for; everything is optional."""

    words: str = ""
    need: str = ""
    area: str = ""
    offers: tuple[str, ...] = field(default_factory=tuple)
    open_now: bool = False
    room: bool = False
    ended: bool = False


def services(actor: Actor, sought: Sought | None = None) -> list[Listing]:
    """Services of the area that fit, by name; those whose hours nobody knows are not open now."""
    wanted = sought or Sought()
    found = Listing.objects.filter(service=actor.service_id)
    found = found.exclude(HERE) if wanted.ended else found.filter(HERE)
    for word in fold(wanted.words).split():
        found = found.filter(search_text__contains=word)
    if wanted.need:
        found = found.filter(_helps_with(wanted.need))
    if wanted.offers:
        found = found.filter(offers__contains=list(wanted.offers))
    if wanted.room:
        found = found.exclude(capacity__in=(Listing.Capacity.FULL, Listing.Capacity.PAUSED))
    rows = [row for row in found.order_by("name", "pk") if covers(row, wanted.area)]
    if wanted.open_now:
        now = timezone.now()
        rows = [row for row in rows if is_open(row, now)]
    if wanted.need:  # those who say so come before those whose description only speaks of it
        rows.sort(key=lambda row: wanted.need not in row.needs)
    return rows


def _helps_with(key: str) -> Q:
    """Services marked with a reason, or whose own words speak of it."""
    found = Q(needs__contains=[key])
    for words in needs.sought_as(key):
        found |= Q(search_text__contains=fold(words))
    return found


def is_open(listing: Listing, at: datetime) -> bool | None:
    """Whether a service is open at a moment, or None when that is not known."""
    if listing.status != Listing.Status.ACTIVE:
        return False
    return hours.open_at(listing.hours, at, listing.bank_holidays)


def listing_or_missing(actor: Actor, listing_id: Any) -> Listing:
    """One service of the actor's directory, ended or not."""
    found: Listing | None = (
        Listing.objects.filter(service=actor.service_id, pk=listing_id)
        .select_related("verified_by__user", "changed_by__user", "partner")
        .first()
    )
    if found is None:
        raise Missing
    return found


def to_verify(actor: Actor) -> QuerySet[Listing]:
    """Services that nobody verified for long, the longest first; never verified before all."""
    since = timezone.localdate() - timedelta(days=VERIFIED_DAYS)
    return (
        Listing.objects.filter(HERE, service=actor.service_id)
        .filter(Q(verified_on=None) | Q(verified_on__lt=since))
        .order_by(F("verified_on").asc(nulls_first=True), "name")
    )


def proposals(actor: Actor) -> QuerySet[Proposal]:
    """Files that were brought, newest first."""
    return (
        Proposal.objects.filter(service=actor.service_id)
        .select_related("made_by__user", "decided_by__user")
        .defer("content")
        .order_by("-made_at")
    )


def proposal_or_missing(actor: Actor, proposal_id: Any) -> Proposal:
    """One file of the actor's service, its content with it."""
    found: Proposal | None = Proposal.objects.filter(
        service=actor.service_id, pk=proposal_id
    ).first()
    if found is None:
        raise Missing
    return found


def areas(actor: Actor) -> list[str]:
    """Every place or district named by a service, for choosing one."""
    rows = Listing.objects.filter(HERE, service=actor.service_id).values_list("areas", flat=True)
    return sorted({place for places in rows for place in places if len(place) <= 40})


def out_of_hours(service: Service, area: str = "") -> list[Answer]:
    """Everyone who answers when the lead does not, under the name other rooms know."""
    return night.out_of_hours(service, area)
