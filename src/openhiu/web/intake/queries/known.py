"""Who on a list is known to the service already: rows come in; by row, how they are known goes out.

Matched by NHS number, or by the hospital's own number; in a handful of queries for any number of
rows. Never asked for rows whose identity is hidden from whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from openhiu.web.access.actor import Actor
from openhiu.web.casework.doorway import Supported, supported
from openhiu.web.intake.models import Approach, Listed
from openhiu.web.people.models import Identifier, Person

# Kinds of being known that mean: do not choose from the list.
NOT_CHOOSABLE: Final = frozenset({"died", "client", "at_a_distance", "approached"})
_OUTCOME_WORDS: Final = {
    "no": "Said no before",
    "not_now": "Said not now",
    "not_reached": "Could not be reached before",
    "not_right": "Was not right for this service before",
}
# Reasons for setting aside that hold beyond the list they were given on.
_LASTING: Final = ("other_service", "planned_care", "clinician", "moved", "died")


@dataclass(frozen=True)
class Known:
    """How someone is known: a kind, words, since when, who supports them, and their record."""

    kind: str
    words: str
    person: UUID | None = None
    on: date | None = None
    lead: str = ""
    case: UUID | None = None
    approach: UUID | None = None
    restricted: bool = False
    theirs: bool = False

    @property
    def choosable(self) -> bool:
        """Whether they may be chosen from a list all the same."""
        return self.kind not in NOT_CHOOSABLE


def known_for(actor: Actor, rows: Sequence[Listed]) -> dict[UUID, Known]:
    """How each row's person is known; rows of people nobody knows are left out."""
    people = _matched(actor, rows)
    persons = {person.pk: person for person in people.values()}
    by_person = _asides(actor, rows)
    for source in (_people(persons), _ended(actor, persons), _open(actor, persons),
                   _cases(actor, persons), _dead(persons)):  # fmt: skip
        by_person |= source
    found = {}
    for row in rows:
        person = people.get(row.pk)
        known = by_person.get(person.pk if person else row.nhs_number or row.pk)
        if known is None and row.nhs_number:
            known = by_person.get(row.nhs_number)
        if known:
            found[row.pk] = known
    return found


def _matched(actor: Actor, rows: Sequence[Listed]) -> dict[UUID, Person]:
    """The person of each row, when there is one: chosen from it, or of the same number."""
    numbers = {row.nhs_number for row in rows if row.nhs_number}
    refs = {row.person_ref for row in rows if row.person_ref}
    chosen = {row.person_id for row in rows if row.person_id}
    people = Person.objects.filter(service=actor.service).defer("search_text", "address")
    by_id = {person.pk: person for person in people.filter(pk__in=chosen)}
    by_number = {
        person.nhs_number: person
        # Said out loud, as the index of NHS numbers leaves the empty ones out.
        for person in people.filter(nhs_number__in=numbers, merged_into=None)
        .exclude(nhs_number="")
        .exclude(contact_held="number")
    }
    by_other = {
        (found.issuer, found.value): found.person.merged_into or found.person
        for found in Identifier.objects.select_related("person__merged_into").filter(
            service=actor.service, value__in=numbers | refs
        )
    }
    matched = {}
    for row in rows:
        person = (
            by_id.get(row.person_id)
            or by_number.get(row.nhs_number)
            or by_other.get(("nhs", row.nhs_number))
            or by_other.get((row.list_id, row.person_ref))
        )
        if person:
            matched[row.pk] = person
    return matched


def _people(persons: dict[UUID, Person]) -> dict[Any, Known]:
    return {
        key: Known("on_record", "Has a record here", key, restricted=person.restricted)
        for key, person in persons.items()
    }


def _dead(persons: dict[UUID, Person]) -> dict[Any, Known]:
    return {
        key: Known("died", "Has died", key, on=person.died_on)
        for key, person in persons.items()
        if person.died or person.died_on
    }


def _cases(actor: Actor, persons: dict[UUID, Person]) -> dict[Any, Known]:
    found = supported(actor, persons)
    return {key: _as_client(actor, persons[key], case) for key, case in found.items()}


def _as_client(actor: Actor, person: Person, case: Supported) -> Known:
    return Known(
        "at_a_distance" if case.at_a_distance else "client",
        "Open at a distance" if case.at_a_distance else "Being supported now",
        person.pk,
        lead=case.lead_name,
        case=case.case,
        restricted=person.restricted,
        theirs=case.lead == actor.membership.pk,
    )


def _open(actor: Actor, persons: dict[UUID, Person]) -> dict[Any, Known]:
    found = Approach.objects.select_related("lead__user").filter(
        service=actor.service, person__in=persons, ended_at=None
    )
    return {
        approach.person_id: Known(
            "approached",
            "Being approached",
            approach.person_id,
            lead=approach.lead.user.name,
            approach=approach.pk,
            restricted=persons[approach.person_id].restricted,
            theirs=approach.lead_id == actor.membership.pk,
        )
        for approach in found
    }


def _ended(actor: Actor, persons: dict[UUID, Person]) -> dict[Any, Known]:
    """How the latest ended approach ended; a yes has become a case."""
    found = Approach.objects.filter(
        service=actor.service, person__in=persons, outcome__in=_OUTCOME_WORDS
    ).order_by("ended_at")
    return {
        approach.person_id: Known(
            approach.outcome,
            _OUTCOME_WORDS[approach.outcome],
            approach.person_id,
            on=approach.ended_at.date() if approach.ended_at else None,
            restricted=persons[approach.person_id].restricted,
        )
        for approach in found
    }


def _asides(actor: Actor, rows: Iterable[Listed]) -> dict[Any, Known]:
    """Set aside on an earlier list for a reason that still holds, by NHS number."""
    numbers = {row.nhs_number for row in rows if row.nhs_number}
    here = {row.received_id for row in rows}
    found = (
        Listed.objects.filter(
            service=actor.service, nhs_number__in=numbers, set_aside_as__in=_LASTING
        )
        .exclude(received__in=here)
        .order_by("decided_at")
        .values_list("nhs_number", "set_aside_as", "decided_at")
    )
    labels = dict(Listed.Aside.choices)
    return {
        number: Known(f"aside_{kind}", f"Set aside before: {labels[kind].lower()}", on=at.date())
        for number, kind, at in found
    }


def known_dead(actor: Actor, rows: Sequence[Listed]) -> set[UUID]:
    """Rows of people whom the service knows to have died: nobody is to ask for them."""
    matched = _matched(actor, rows)
    return {key for key, person in matched.items() if person.died or person.died_on}
