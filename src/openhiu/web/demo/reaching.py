"""How made-up leads choose, call and hear an answer: what happens before consent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.casework.models import Case
from openhiu.web.intake.actions.approaching import record_attempt, record_outcome
from openhiu.web.intake.actions.choosing import add_for_vulnerability, choose, set_aside
from openhiu.web.intake.models import Approach, Listed, ReceivedList
from openhiu.web.intake.queries.pace import room
from openhiu.web.people.actions.contact import set_contact_safety
from openhiu.web.people.actions.details import change_person
from openhiu.web.people.models import ContactSafety

_TIMES: Final = ("Weekdays after ten", "Mornings", "After four, not Fridays", "Any time in the day")
_HOUSEHOLDS: Final = ("Lives alone.", "A neighbour is often there.", "Shares a house; own room.")
_WORRY: Final = (
    "Came after self-harm three times; the ward sister asked us to be in touch.",
    "Sleeping rough by the hospital, and it is getting cold.",
)


def pick(lead: Actor, received: ReceivedList, number: int, dice: Random) -> list[Approach]:
    """Choose `number` people from the upper part of the list, and one set aside with a reason."""
    waiting = list(
        Listed.objects.filter(
            service=lead.service, received=received, kind=Listed.Kind.RANKED, state="waiting",
            rank__lte=60,
        )
        .exclude(list_id="ALL")
        .order_by("list_id", "rank")
    )  # fmt: skip
    chosen: list[Approach] = []
    for row in dice.sample(waiting, min(len(waiting), number * 3)):
        if len(chosen) == number:
            break
        chosen += _chosen(lead, row)
    left = Listed.objects.filter(pk__in=[row.pk for row in waiting], state="waiting", rank__gt=40)
    if row := left.order_by("list_id", "rank").first():
        set_aside(by=lead, rows=[row], set_aside_as="other", reason=_PLANNED)
    return chosen


def worry_about(lead: Actor, received: ReceivedList, dice: Random) -> list[Approach]:
    """Add one suggested person for vulnerability, with a reason in words."""
    suggested = Listed.objects.filter(
        service=lead.service, received=received, kind=Listed.Kind.SUGGESTED, state="waiting"
    )
    row = suggested.first()
    if row is None:
        return []
    try:
        return [add_for_vulnerability(
            by=lead, reason=dice.choice(_WORRY), row=row, over_limit_reason=_reason(lead)
        )]  # fmt: skip
    except Exception as why:
        return _not_possible(why)


def make_safe(
    lead: Actor, approach: Approach, dice: Random, told: Mapping[str, str] | None
) -> None:
    """The contact-safety plan before the first call."""
    _ask_about_them(lead, approach, told)
    before = ContactSafety.objects.filter(person=approach.person).first()
    set_contact_safety(
        by=lead, person=approach.person, version=before.version if before else 0,
        safe_times=dice.choice(_TIMES), who_may_answer="Only them",
        household=dice.choice(_HOUSEHOLDS),
        voicemail=dice.choice(("yes", "no", "neutral")), text=dice.choice(("yes", "neutral")),
        letter="no",
    )  # fmt: skip


def _ask_about_them(lead: Actor, approach: Approach, told: Mapping[str, str] | None) -> None:
    """Their date of birth and address, as the practice told the lead when asked."""
    person = approach.person
    if told and not person.birth_date:
        change_person(
            by=lead, person=person, version=person.version,
            birth_date=date.fromisoformat(told["birth_date"]), address=told["address"],
            postcode=told["postcode"],
        )  # fmt: skip


def attempt(lead: Actor, approach: Approach, reached: str) -> None:
    """One try on the phone; the next is planned when it failed."""
    record_attempt(
        by=lead, approach=approach, how="phone", reached=reached,
        next_try_on=None if reached == "yes" else timezone.localdate() + timedelta(days=3),
    )  # fmt: skip


def answer(lead: Actor, approach: Approach, end: str) -> Case | None:
    """How it ended; a yes opens a case."""
    from openhiu.web.demo.acting import spoken

    details: dict[str, Any] = {
        "yes": {"consent": spoken("Said yes on the phone after I explained what we do.")},
        "not_now": {"ask_again_on": timezone.localdate() + timedelta(days=60)},
        "not_right": {
            "note": "Comes for planned dressings; the ward nurse sees to it.",
            "signposted_to": "District nurses",
        },
    }.get(end, {})
    return record_outcome(by=lead, approach=approach, outcome=end, over_limit_reason=_FULL,
                          **details)  # fmt: skip


_PLANNED: Final = "Comes for planned dialysis; the renal nurses see to it."
_FULL: Final = "Two people are moving on this week; agreed with Esther."


def _chosen(lead: Actor, row: Listed) -> list[Approach]:
    try:
        return choose(by=lead, rows=[row], over_limit_reason=_reason(lead))
    except Exception as why:
        return _not_possible(why)


def _reason(lead: Actor) -> str:
    """A full load alone does not stop the made-up lead; a full quarter does."""
    found = room(lead, 1)
    return _FULL if found.heavy and found.over <= 0 and not found.paused else ""


def _not_possible(why: Exception) -> list[Approach]:
    """Someone known already, or a full quarter: the made-up lead takes the next."""
    from openhiu.web.access.gate import NotAllowed

    if isinstance(why, NotAllowed):
        return []
    raise why
