"""Whether and how someone may be contacted now: a person comes in, rules with sentences go out.

Every page and action that calls, texts, writes or visits asks here first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from django.utils import timezone

from openhiu.web.access.gate import NotAllowed
from openhiu.web.people import held
from openhiu.web.people.models import ContactSafety, Person
from openhiu.web.people.needs import ACCESSIBLE, CHANNELS, unmet

REVIEW_MONTHS: Final = 6
_ADDRESS_GOOD_FOR: Final = timedelta(days=30)


class May(StrEnum):
    """The answer for one way of being in touch."""

    YES = "yes"
    NEUTRAL = "neutral"  # neutral words only: no service, no reason
    REASON = "reason"  # it does not meet their needs: only with a reason
    NO = "no"


@dataclass(frozen=True)
class Way:
    """One way of being in touch: what may be done and, unless it is a plain yes, why."""

    channel: str
    label: str
    may: May
    why: str = ""

    def __bool__(self) -> bool:
        return self.may is not May.NO


@dataclass(frozen=True)
class Rules:
    """How to be in touch with one person now.

    `blocked` is the sentence that stops every way; empty where nothing does. `plan` is None where
    there is no contact-safety plan yet. `review_due`: the plan should be gone through again.
    """

    person: Person
    plan: ContactSafety | None
    blocked: str
    ways: dict[str, Way]
    review_due: bool = False

    @property
    def call(self) -> Way:
        """Speaking on the telephone."""
        return self.ways["call"]

    @property
    def voicemail(self) -> Way:
        """Leaving words on a machine that others may hear."""
        return self.ways["voicemail"]

    @property
    def text(self) -> Way:
        """Sending a text message."""
        return self.ways["text"]

    @property
    def letter(self) -> Way:
        """Writing to their address."""
        return self.ways["letter"]

    @property
    def visit(self) -> Way:
        """Meeting in person."""
        return self.ways["visit"]

    @property
    def needs(self) -> list[str]:
        """What they need, in words."""
        return [
            ACCESSIBLE[code].label for code in (self.plan.accessible_needs if self.plan else [])
        ]


def contact_rules(person: Person) -> Rules:
    """The rules for someone now; a record joined to another follows that one."""
    while person.merged_into_id:
        person = person.merged_into
    plans = ContactSafety.objects.select_related("reviewed_by__user")
    plan = plans.filter(person=person).first()
    blocked = _blocked(person)
    ways = {
        channel: _way(channel, _answer(channel, person, plan, blocked), plan)
        for channel in CHANNELS
    }
    return Rules(person, plan, blocked, ways, _review_due(plan))


def ask_first(person: Person, channel: str, *, reason: str = "") -> Way:
    """Stop a contact that must not happen: for actions that record or make one.

    Raises:
        NotAllowed: it must not happen, or it does not meet their needs and no reason is given.
    """
    way = contact_rules(person).ways[channel]
    if way.may is May.NO or (way.may is May.REASON and not reason.strip()):
        raise NotAllowed(way.why)
    return way


def next_review(today: date, months: int = REVIEW_MONTHS) -> date:
    """The same day so many months on, or the last of that month."""
    index = today.month - 1 + months
    year, month = today.year + index // 12, index % 12 + 1
    for day in (today.day, 30, 29, 28):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


_HELD: Final = {
    "number": "Their NHS number is in doubt: this may be someone else. Nobody is in touch until a "
    "supervisor has looked.",
    "death": "A trace says that they died, or that they did not. Nobody is in touch until a "
    "supervisor has looked.",
}


def _blocked(person: Person) -> str:
    if person.died:
        how = "registered" if person.died == "formal" else "reported"
        return f"Their death has been {how}. Do not contact them, or anyone about them from here."
    return _HELD.get(person.contact_held, "") or (held.WHY if held.is_held(person) else "")


def _answer(
    channel: str, person: Person, plan: ContactSafety | None, blocked: str
) -> tuple[May, str]:
    if blocked:
        return May.NO, blocked
    if person.restricted and channel != "visit":
        return May.NO, "Their details are restricted. Ask your supervisor how to be in touch."
    if plan is None:
        return May.NO, "There is no contact-safety plan yet. Write it before the first contact."
    if channel in ("call", "voicemail", "text") and not _reachable(person):
        return May.NO, "There is no telephone number in use."
    if channel == "letter" and not _address_confirmed(person):
        return May.NO, "Letters need an address that was confirmed with them in the last 30 days."
    return _as_planned(channel, plan)


def _as_planned(channel: str, plan: ContactSafety) -> tuple[May, str]:
    wish = getattr(plan, channel, ContactSafety.Leave.YES)
    if wish == ContactSafety.Leave.NO:
        return May.NO, "The contact-safety plan says no."
    missing = unmet(plan.accessible_needs, channel)
    if missing:
        return May.REASON, " ".join(f"{need.label}: {need.instead}." for need in missing)
    if wish == ContactSafety.Leave.NEUTRAL:
        return May.NEUTRAL, "Neutral words only: your first name and a number, no service."
    return May.YES, ""


def _way(channel: str, answer: tuple[May, str], plan: ContactSafety | None) -> Way:
    may, why = answer
    if channel == "call" and may in (May.YES, May.REASON) and plan:
        why = " ".join([why, *_care(plan)]).strip()
    return Way(channel, CHANNELS[channel], may, why)


def _care(plan: ContactSafety) -> Iterator[str]:
    if plan.interpreter:
        yield f"Have an interpreter on the line: {plan.interpreter}."


def _reachable(person: Person) -> bool:
    return any(phone.in_use for phone in person.phones.all())


def _address_confirmed(person: Person) -> bool:
    confirmed = person.address_confirmed_on
    return bool(
        person.address and confirmed and timezone.localdate() - confirmed <= _ADDRESS_GOOD_FOR
    )


def _review_due(plan: ContactSafety | None) -> bool:
    if plan is None:
        return False
    return (plan.review_on or next_review(plan.reviewed_on)) <= timezone.localdate()
