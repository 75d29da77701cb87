"""Someone being reached, as the page shows them: the card before a call, outcomes, whose turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from openhiu.web.access.actor import Actor
from openhiu.web.access.permissions import Permission, may
from openhiu.web.intake import policies
from openhiu.web.intake.models import Approach
from openhiu.web.intake.presenters import opening
from openhiu.web.people.safety import Rules, contact_rules


@dataclass(frozen=True)
class Ending:
    """One way an approach ends: its title, what happens next, and what is said afterwards."""

    key: str
    label: str
    title: str
    next: str
    submit: str
    done: str


OUTCOMES: Final = {
    "yes": Ending(
        "yes", "Yes", "They said yes",
        "You record how they agreed, and support begins. Sharing anything with anyone is a "
        "question of its own, for later.",
        "Record the yes and begin", "They said yes. Support has begun.",
    ),
    "not_now": Ending(
        "not_now", "Not now", "They said not now",
        "They come back to your list on the day you choose. Nothing else is done until then.",
        "Save", "Saved. They come back to your list on that day.",
    ),
    "no": Ending(
        "no", "No", "They said no",
        "That is respected: nobody calls again from this list. What the hospital sent about them "
        "is emptied when the agreed time is over.",
        "Save", "Saved. Nobody calls them again.",
    ),
    "not_reached": Ending(
        "not_reached", "Could not reach", "They could not be reached",
        "They may be on next month's list, and you can try again then.",
        "Save", "Saved. You tried, and that is counted.",
    ),
    "not_right": Ending(
        "not_right", "Not right for this service", "The service is not right for them",
        "You say why, and where else they may find help.",
        "Save", "Saved.",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Card:
    """What stands beside the telephone: rules, words, numbers that may be shown, flags."""

    rules: Rules
    has_plan: bool
    phones: list[Any]
    flags: str
    flags_source: str
    opening: list[str]
    asking: tuple[str, ...]
    closing: tuple[str, ...]
    not_saying: tuple[str, ...]
    someone_else: str
    message: str
    emergency: str


@dataclass(frozen=True)
class Line:
    """One approach in the list: due or not, in words."""

    approach: Approach
    due: bool
    turn: str


def card(actor: Actor, approach: Approach) -> Card:
    """The first-call card of one person."""
    person = approach.person
    rules = contact_rules(person)
    names = {"name": person.called, "me": actor.user.name.split(" ")[0]}
    hidden = person.restricted or bool(rules.blocked)
    listed = approach.listed
    return Card(
        rules=rules,
        has_plan=rules.plan is not None,
        phones=[] if hidden else [phone for phone in person.phones.all() if phone.in_use],
        flags=listed.warning_flags if listed else "",
        flags_source=f"hospital list of {listed.received.as_of:%-d %B %Y}" if listed else "",
        opening=[text.format(**names) for text in opening.OPENING],
        asking=opening.ASKING,
        closing=opening.CLOSING,
        not_saying=opening.NOT_SAYING,
        someone_else=opening.IF_SOMEONE_ELSE.format(**names),
        message=opening.NEUTRAL_MESSAGE.format(**names),
        emergency=opening.EMERGENCY,
    )


def line(approach: Approach, today: date) -> Line:
    """Whose turn it is, in words."""
    person = approach.person
    if person.died or person.died_on:
        return Line(approach, False, "Has died. Do not call.")
    if approach.tries == 0:
        return Line(approach, True, "Not called yet")
    if approach.next_try_on is None:
        return Line(approach, True, "No next try planned")
    return Line(approach, approach.next_try_on <= today, "")


def outcomes(approach: Approach, tries: int) -> list[Ending]:
    """The ways it can end now; "could not reach" waits for enough tries."""
    if approach.ended_at:
        return []
    enough = tries >= policies.TRIES_BEFORE_NOT_REACHED
    return [one for key, one in OUTCOMES.items() if key != "not_reached" or enough]


def why_not_outcome(approach: Approach, outcome: str) -> str:
    """Why this outcome cannot be recorded now, or nothing."""
    if approach.ended_at:
        return "This approach has ended already."
    if outcome == str(Approach.Outcome.NOT_REACHED):
        return policies.why_not_reached_enough(approach)
    return ""


def may_ask_again(actor: Actor, approach: Approach) -> bool:
    """Whether a new approach can begin after this one."""
    again = (Approach.Outcome.NOT_NOW, Approach.Outcome.NOT_REACHED)
    return (
        bool(approach.ended_at) and approach.outcome in again and may(actor.role, Permission.CHOOSE)
    )
