"""A request about somebody's record as a page shows it: its standing, its clock, what can be done
next, and the pages of what is held.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.permissions import Permission, may
from openhiu.web.assurance.clocks import thirty_days_after
from openhiu.web.assurance.held.deciding import Decided, JudgedSection, before
from openhiu.web.assurance.held.gathering import Item
from openhiu.web.assurance.held.ways import WAYS
from openhiu.web.assurance.models import AccessPack, RightsRequest
from openhiu.web.assurance.policies.rights import why_not_confirm, why_not_give, why_not_take
from openhiu.web.assurance.queries.rights import clock_of, standing_hold
from openhiu.web.casework.models import Case
from openhiu.web.design.words import day, plural

Kind = RightsRequest.Kind
A_PAGE: Final = 25
SOON: Final = 7


@dataclass(frozen=True)
class Standing:
    """Where a request stands: a tag with its colour, and by when something is due."""

    tag: str
    colour: str
    due: str = ""


def standing(request: RightsRequest, today: date | None = None) -> Standing:
    """Answered, waiting for the person, late, or by when."""
    now = today or timezone.localdate()
    if request.closed_at:
        return Standing("Closed", "grey")
    if request.replied_on:
        return Standing("Answered", "green")
    clock = clock_of(request)
    if clock.stopped:
        return Standing("Waiting for them", "blue", "The clock stands still")
    left, due = clock.days_left(now), day(clock.due(now))
    if left < 0:
        return Standing("Late", "red", f"Was due on {due}")
    colour = "orange" if left <= SOON else "white"
    return Standing("Open", colour, f"Answer by {due}")


def clock_rows(request: RightsRequest) -> list[tuple[str, str]]:
    """The clock in words."""
    now, clock = timezone.localdate(), clock_of(request)
    rows = [
        ("Received", f"{day(request.received_on)}, {_lower(request.get_received_how_display())}")
    ]
    if request.kind == Kind.COMPLAINT:
        by = day(thirty_days_after(request.received_on))
        rows.append(("Acknowledged", day(request.acknowledged_on) or f"Not yet: by {by}"))
    if request.identity_asked_on:
        until = day(request.identity_confirmed_on) or "not yet there"
        rows.append(("Proof of identity", f"asked {day(request.identity_asked_on)}, {until}"))
    rows += [
        ("Asked back", f"{day(one.asked_on)} to {day(one.answered_on) or 'now: no answer yet'}")
        for one in request.pauses.all()
    ]
    if request.extended_on:
        rows.append(("Two more months", f"told on {day(request.extended_on)}"))
    if not request.replied_on:
        words = "The clock stands still" if clock.stopped else day(clock.due(now))
        rows.append(("Answer by", words))
    return rows


def _lower(text: Any) -> str:
    return str(text)[:1].lower() + str(text)[1:]


def who_asks(request: RightsRequest) -> str:
    """The person, or who acts for them."""
    if request.asked_by == RightsRequest.By.REPRESENTATIVE:
        return f"Somebody on their behalf: {request.representative}"
    return "The person"


def about(request: RightsRequest) -> str:
    """Whose record it is."""
    person = request.person
    return person.full_name if person else f"{request.about_whom} (no record found)"


def steps(actor: Actor, request: RightsRequest) -> list[tuple[str, str]]:
    """What can be done next: words and address, the likeliest first."""
    if request.closed_at:
        return []
    found = [*_noting(request)]
    if may(actor.role, Permission.DECIDE_RIGHT):
        found += _deciding(request)
    return [(words, reverse(f"assurance:{name}", args=[request.pk])) for words, name in found]


def _noting(request: RightsRequest) -> list[tuple[str, str]]:
    found = []
    if not request.identity_confirmed_on and (request.person_id or request.listed_number):
        found.append(("Say how it is certain who asks", "right_identity"))
        if not request.identity_asked_on:
            found.append(("They were asked to show who they are", "right_ask_identity"))
    if request.kind == Kind.COMPLAINT and not request.acknowledged_on:
        found.append(("They were told that it has come", "right_acknowledge"))
    waiting = any(one.answered_on is None for one in request.pauses.all())
    found.append(("Note what they answered", "right_answered") if waiting
                 else ("Ask them what they mean", "right_ask_back"))  # fmt: skip
    return found


def _deciding(request: RightsRequest) -> list[tuple[str, str]]:
    found = []
    held = request.person_id or request.listed_number
    known = bool(held and request.identity_confirmed_on)
    if known and request.kind in (Kind.ACCESS, Kind.RECTIFICATION):
        words = "Look at what is held"
        found.append((words, "right_held"))
    if request.person_id and request.person and not standing_hold(request.person):
        found.append(("Stop using the record for now", "right_hold"))
    if not request.extended_on and not request.replied_on:
        found.append(("Take two more months", "right_extend"))
    found.append(("Decide", "right_decide"))
    if request.decision:
        found.append(("They were told", "right_reply"))
    return found


def pack_words(actor: Actor, pack: AccessPack | None) -> dict[str, Any] | None:
    """The newest copy, what may be done with it, and why not."""
    if pack is None:
        return None
    why_not = why_not_confirm(actor, pack)
    return {
        "row": pack,
        "state": _state(pack),
        "may_confirm": not why_not,
        "why_not": "" if pack.confirmed_at or pack.sent_back_at else why_not,
        "may_give": not why_not_give(pack) and may(actor.role, Permission.DECIDE_RIGHT),
        "may_take": not why_not_take(actor, pack),
    }


def _state(pack: AccessPack) -> tuple[str, str]:
    if pack.sent_back_at:
        return "Sent back", "orange"
    if pack.given_on:
        return "Given", "green"
    if pack.emptied_at:
        return "Emptied", "grey"
    return ("Confirmed", "blue") if pack.confirmed_at else ("Waits for a second person", "yellow")


def consent_url(actor: Actor, request: RightsRequest) -> str:
    """Where what they agreed to is taken back, for who may open the record."""
    if not may(actor.role, Permission.OPEN_CLIENT) or request.person_id is None:
        return ""
    case = Case.objects.filter(service=actor.service_id, person=request.person_id).first()
    return reverse("casework:consent", args=[case.pk]) if case else ""


def slug(model: str) -> str:
    """A model's label for an address."""
    return model.lower().replace(".", "-")


BY_SLUG: Final = {slug(way.model): way.model for way in WAYS}


@dataclass(frozen=True)
class SectionLine:
    """One kind of thing held, for the overview."""

    title: str
    url: str
    words: str
    open: int


def overview(request: RightsRequest, decided: Decided) -> list[SectionLine]:
    """Every section with how many items there are, and how many are still to be decided."""
    return [_line(request, part) for part in decided.sections]


def _line(request: RightsRequest, part: JudgedSection) -> SectionLine:
    count = plural(len(part.judged), "item")
    held = f", {part.held_back} held back" if part.held_back else ""
    return SectionLine(
        part.section.way.title,
        reverse("assurance:right_section", args=[request.pk, slug(part.section.model)]),
        f"{count}{held}",
        part.open,
    )


def parts_of(item: Item) -> list[tuple[str, str]]:
    """What can be left out of an item: a field as a whole, or what it said before."""
    now = {one.name: one.label for one in item.facts}
    earlier = {before(one.name): f"{one.label}: what it said before" for one in item.earlier}
    return [*now.items(), *earlier.items()]


def page_of(part: JudgedSection, number: Any) -> Any:
    """A page of a section's items."""
    return Paginator(part.judged, A_PAGE).get_page(number)
