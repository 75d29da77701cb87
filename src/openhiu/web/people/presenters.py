"""How a person and their safe contact are shown: rows come in, plain values for templates go out.

A restricted person's address, telephone numbers and practice never leave here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import prefetch_related_objects

from openhiu.web.access.actor import Actor
from openhiu.web.access.permissions import Permission, may
from openhiu.web.people import queries
from openhiu.web.people.models import ContactSafety, IdentityCheck, Notice, Person
from openhiu.web.people.safety import May, Rules, contact_rules

HIDDEN: Final = "Restricted: not shown"
_COLOURS: Final = {May.YES: "green", May.NEUTRAL: "yellow", May.REASON: "orange", May.NO: "red"}
_WORDS: Final = {
    May.YES: "Yes", May.NEUTRAL: "Neutral words only", May.REASON: "Only with a reason",
    May.NO: "No",
}  # fmt: skip


@dataclass(frozen=True)
class Telephone:
    """A number that may be shown."""

    id: Any
    number: str
    label: str
    in_use: bool


@dataclass(frozen=True)
class Location:
    """Where someone lives and is registered, as far as it may be shown."""

    address: str
    postcode: str
    confirmed_on: Any
    gp_practice: str
    phones: tuple[Telephone, ...]
    restricted: bool = False


@dataclass(frozen=True)
class Card:
    """The "before you call" card: everything a template needs, and nothing it may not show."""

    person: Person
    rules: Rules
    location: Location
    notices: list[Notice]
    ways: list[dict[str, str]]
    edit: bool = False
    check: IdentityCheck | None = None

    @property
    def plan(self) -> ContactSafety | None:
        """The contact-safety plan, if there is one."""
        return self.rules.plan


def location(person: Person) -> Location:
    """Where they are; with HIDDEN in place of everything when their details are restricted."""
    if person.restricted:
        return Location(HIDDEN, HIDDEN, None, HIDDEN, (), restricted=True)
    phones = tuple(
        Telephone(phone.pk, phone.number, phone.label, phone.in_use)
        for phone in sorted(person.phones.all(), key=lambda phone: (not phone.in_use, phone.number))
    )
    return Location(
        person.address, person.postcode, person.address_confirmed_on, person.gp_practice, phones
    )


def before_you_call(actor: Actor, person: Person) -> Card:
    """What to know before being in touch; include people/before_you_call.html with `card`."""
    prefetch_related_objects([person], "phones")  # asked for by every way of being in touch
    rules = contact_rules(person)
    return Card(
        person=person,
        rules=rules,
        location=location(person),
        notices=list(queries.notices_now(person)),
        ways=[_way(way.label, way.may, way.why) for way in rules.ways.values()],
        edit=may(actor.role, Permission.WRITE_CLIENT),
        check=queries.last_checks([person.pk]).get(person.pk),
    )


def can(actor: Actor) -> dict[str, bool]:
    """What the buttons of the person's page may offer this role."""
    return {
        "write": may(actor.role, Permission.WRITE_CLIENT),
        "propose_notice": may(actor.role, Permission.PROPOSE_NOTICE),
        "agree_notice": may(actor.role, Permission.AGREE_NOTICE),
        "propose_merge": may(actor.role, Permission.PROPOSE_MERGE),
        "approve_merge": may(actor.role, Permission.APPROVE_MERGE),
    }


def side_by_side(one: Person, other: Person, *, identity_only: bool) -> list[dict[str, Any]]:
    """Two records, fact by fact: label, both values, and whether they differ.

    `identity_only` leaves out where they live and their telephones: an analyst compares records.
    """
    facts = [_facts(person, identity_only) for person in (one, other)]
    return [
        {"label": label, "one": first, "other": second, "differ": first != second}
        for (label, first), (_, second) in zip(*facts, strict=True)
    ]


def _facts(person: Person, identity_only: bool) -> list[tuple[str, Any]]:
    where = location(person)
    facts = [
        ("First name", person.given_name),
        ("Family name", person.family_name),
        ("Preferred name", person.preferred_name),
        ("Other names", ", ".join(sorted(other.name for other in person.other_names.all()))),
        ("Date of birth", person.birth_date),
        ("Sex", person.get_sex_display()),
        ("NHS number", person.nhs_number),
        ("Other numbers", ", ".join(sorted(n.value for n in person.identifiers.all()))),
    ]
    if identity_only:
        return facts
    telephones = HIDDEN if where.restricted else ", ".join(phone.number for phone in where.phones)
    return [
        *facts,
        ("Telephone", telephones),
        (
            "Address",
            f"{where.address} {where.postcode}".strip() if not where.restricted else HIDDEN,
        ),
        ("GP practice", where.gp_practice),
    ]


def _way(label: str, answer: May, why: str) -> dict[str, str]:
    return {"label": label, "words": _WORDS[answer], "colour": _COLOURS[answer], "why": why}
