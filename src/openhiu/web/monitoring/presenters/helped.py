"""What helped last time, in three lines and whom to call; what is not known says so."""

from __future__ import annotations

from dataclasses import dataclass

from openhiu.web.casework.presenters.client import one_line
from openhiu.web.design import words
from openhiu.web.monitoring.presenters.signals import answer
from openhiu.web.monitoring.queries.helped import Helped


@dataclass(frozen=True)
class Said:
    """One line of the card: its heading and its sentences; none where nothing is known."""

    heading: str
    lines: tuple[str, ...]
    nothing: str


@dataclass(frozen=True)
class ToCall:
    """Somebody around them who may be rung."""

    name: str
    phone: str


@dataclass(frozen=True)
class Card:
    """The card: three answers to "what helped last time", and whom to call."""

    said: tuple[Said, ...]
    people: str
    network: tuple[ToCall, ...]


def card(known: Helped) -> Card:
    """The card of what is known."""
    harms = (f"What makes it worse: {known.what_harms}",) if known.what_harms else ()
    plan = Said(
        "In their own words",
        (known.what_helps, *harms) if known.what_helps else harms,
        "The plan does not say yet what helps.",
    )
    return Card(
        (plan, _last_time(known), _last_signal(known)),
        known.people_to_call,
        tuple(
            ToCall(f"{one.name}, {one.relation}" if one.relation else one.name, one.phone)
            for one in known.network
        ),
    )


def _last_time(known: Helped) -> Said:
    heading, nothing = "The last time it got hard", "They were never picked up again before."
    if known.picked_up is None:
        return Said(heading, (), nothing)
    told = [f"Picked up again on {words.day(known.picked_up.at)}: {known.picked_up.reason}"]
    for contact in known.contacts:
        parts = (contact.what_mattered, contact.next_step)
        said = [one_line(text).rstrip(".") for text in parts if text.strip()]
        told.append(f"{words.short_day(contact.at)}: {'. Next: '.join(said)}")
    return Said(heading, tuple(told), nothing)


def _last_signal(known: Helped) -> Said:
    heading, nothing = "The last early warning", "No early warning was answered before."
    if known.answered is None:
        return Said(heading, (), nothing)
    more = (one_line(known.answered.words),) if known.answered.words else ()
    return Said(heading, (f"{answer(known.answered)}.", *more), nothing)
