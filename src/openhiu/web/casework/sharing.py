"""What a partner may see: an organisation and a person come in, the names of items go out.

Nothing is seen unless four things agree: an agreement in force, a consent that is given, not
withdrawn and not past its review, a share by the lead, and a partner's role.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.lawful import agreements_in_force, in_force
from openhiu.web.access.models import Agreement, Organisation, Role
from openhiu.web.casework import policies
from openhiu.web.casework.models import Consent, Share
from openhiu.web.casework.queries.consent import newest, not_taking_part
from openhiu.web.people.held import held
from openhiu.web.people.models import Person


@dataclass(frozen=True)
class Item:
    """One group of facts that can be shared; `place` when it may say where someone is."""

    label: str
    place: bool = False


ITEMS: Final[dict[str, Item]] = {
    "name": Item("Name and what to call them"),
    "birth_date": Item("Date of birth"),
    "nhs_number": Item("NHS number"),
    "contact": Item("How to be in touch safely", place=True),
    "address": Item("Address", place=True),
    "gp": Item("GP practice", place=True),
    "phase": Item("Where support has got to, and who supports them"),
    "what_matters": Item("What matters to them, in their words"),
    "strengths": Item("Strengths"),
    "reasons": Item("Reasons behind the visits"),
    "goals": Item("Goals and steps"),
    "network": Item("People and services around them", place=True),
    "card": Item("Crisis plan and out-of-hours card"),
    "activity": Item("How often they came to A&E, were admitted or called for help"),
    "meeting": Item("That the team meeting talks about them, and what it decides"),
    "agreed_plan": Item("The plan agreed in the team meeting"),
}
PLACES: Final = frozenset(name for name, item in ITEMS.items() if item.place)


def visible_items(who: Actor | Organisation, person: Person) -> frozenset[str]:
    """What one partner may see of one person, now.

    Args:
        who: a signed-in partner, or a partner organisation (for showing what they would see).
        person: of any service; an actor of another service sees nothing.
    """
    organisation = _organisation(who, person)
    return visible(organisation, [person])[person.pk] if organisation else frozenset()


def _organisation(who: Actor | Organisation, person: Person) -> Organisation | None:
    if isinstance(who, Organisation):
        return who
    if who.role != Role.PARTNER or who.service_id != person.service_id:
        return None
    return None if who.membership.ended_at else who.organisation


def visible(organisation: Organisation, people: Iterable[Person]) -> dict[UUID, frozenset[str]]:
    """What an organisation may see of each of these people (of one service); five queries.

    Nothing of whoever's record is kept and not used for now.
    """
    everyone = list(people)
    agreed = agreed_for(organisation, everyone)
    still = held(everyone[0].service_id, agreed) if everyone else set()
    return {
        person.pk: frozenset() if person.pk in still else kept(person, agreed[person.pk])
        for person in everyone
    }


def agreed_for(organisation: Organisation, people: Iterable[Person]) -> dict[UUID, frozenset[str]]:
    """The same before a death or a hidden place takes something away; four queries.

    For knowing whom an organisation knew; what it sees is `visible`.
    """
    everyone = list(people)
    if not everyone:
        return {}
    service, keys = everyone[0].service_id, [person.pk for person in everyone]
    agreements = list(agreements_in_force(service).filter(organisation=organisation))
    asked = Consent.objects.filter(
        kind=Consent.Kind.SHARE, organisation=organisation, person__in=keys
    )
    answers = _by_person(asked.order_by("-recorded_at", "-answered_on"))
    shares = _by_person(
        Share.objects.filter(
            service=service, organisation=organisation, person__in=keys, stopped_at=None
        )
    )
    stopped = not_taking_part(service, keys)
    return {
        key: frozenset() if key in stopped else in_common(agreements, answers[key], shares[key])
        for key in keys
    }


def in_common(
    agreements: Iterable[Agreement],
    answers: Iterable[Consent],
    shares: Iterable[Share],
    on: date | None = None,
) -> frozenset[str]:
    """What all three allow, purpose by purpose: no database is asked.

    Args:
        agreements: those of the service with one organisation.
        answers: one person's about that organisation, newest first.
        shares: what was shared of that person with that organisation.
        on: the day; today unless told.
    """
    today = on or timezone.localdate()
    allowed: dict[str, frozenset[str]] = {}
    for one in agreements:
        if in_force(one, today):
            allowed[one.purpose] = allowed.get(one.purpose, frozenset()) | frozenset(one.items)
    agreed = {
        answer.purpose: frozenset(answer.items)
        for answer in newest(answers)
        if policies.in_date(answer, today)
    }
    seen: frozenset[str] = frozenset()
    for share in shares:
        if share.stopped_at is None:
            both = allowed.get(share.purpose, frozenset()) & agreed.get(share.purpose, frozenset())
            seen |= both & frozenset(share.items) & frozenset(ITEMS)
    return seen


def _by_person(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found


def kept(person: Person, items: frozenset[str]) -> frozenset[str]:
    """Of someone who died only the name, so that they are left in peace; never a hidden place."""
    if person.died or person.died_on:
        return items & {"name"}
    return items - PLACES if person.restricted else items
