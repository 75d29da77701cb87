"""The roster for the evaluation: who was offered the service, and when support began and eased.

Offers come from the room before consent (`offers_come_from`), what followed a yes from here. For
the analyst, whose store knows the same people: rows in the columns of docs/reference/roster.md.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from openhiu.tables.handover import ROSTER_COLUMNS, ROSTER_OPTIONAL_COLUMNS
from openhiu.web.access.actor import Actor
from openhiu.web.casework import policies
from openhiu.web.casework.models import Consent, Objection
from openhiu.web.casework.walks import Walk, walks
from openhiu.web.people.held import held
from openhiu.web.people.models import Identifier, Person

COLUMNS: Final = (*ROSTER_COLUMNS, *ROSTER_OPTIONAL_COLUMNS)
# Why somebody is not on the roster, in words that can be shown beside a count.
OBJECTS: Final = "Do not want to be counted"
HELD: Final = "Record not used for now"
RESTRICTED: Final = "Restricted details"
UNKNOWN: Final = "No number that the store could know"
NO_SITE: Final = "On no hospital's list"
NOT_AGREED: Final = "Have not said yes themselves, or took it back"


@dataclass(frozen=True)
class Offer:
    """One listing that led to somebody being asked; said "yes", "no", or neither ("").

    `store_id` is what the store calls them, where their row of the list still says so.
    """

    person: UUID
    site: str
    list_date: date | None
    list_rank: int | None
    offered_on: date
    said: str
    said_on: date | None
    store_id: str = ""
    moved_on: date | None = None


@dataclass(frozen=True)
class Roster:
    """The rows, by column, and how many people are left out for each reason."""

    rows: tuple[dict[str, str], ...]
    left_out: Mapping[str, int]

    @property
    def csv(self) -> str:
        """The file, with its header."""
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.rows)
        return text.getvalue()


Offers = Callable[[Actor], Sequence[Offer]]
_OFFERS: Final[list[Offers]] = []


def offers_come_from(door: Offers) -> Offers:
    """Hang in whoever knows who was asked; called once when Django is ready."""
    if door not in _OFFERS:
        _OFFERS.append(door)
    return door


def roster_for(actor: Actor) -> Roster:
    """Everyone of the service who was asked, one row a listing that led to it, to this day."""
    offers = sorted(
        (offer for door in _OFFERS for offer in door(actor)),
        key=lambda one: (one.site, one.list_date or date.min, one.list_rank or 0, str(one.person)),
    )
    people = _people(actor, {offer.person for offer in offers})
    barred = _barred(actor, people)
    named = _store_ids(actor, people)
    lived = walks(actor, offers, {key: person.pk for key, person in people.items()})
    rows, left = [], Counter[str]()
    counted: set[tuple[str, UUID]] = set()
    for offer, walk in zip(offers, lived, strict=True):
        person = people[offer.person]
        row = _row(offer, walk, person, named.get(person.pk, ""))
        why = barred.get(person.pk) or _unusable(row)
        if not why:
            rows.append(row)
        elif (why, person.pk) not in counted:
            counted.add((why, person.pk))
            left[why] += 1
    return Roster(tuple(rows), dict(left))


def of_those_who_agreed(actor: Actor, roster: Roster) -> Roster:
    """The roster as it may leave: only people who said yes to taking part, themselves, and have not
    taken it back. Everybody else is known to the hospital from its own list alone.
    """
    agreed = _agreed(actor)
    rows = tuple(row for row in roster.rows if row["person_ref"] in agreed)
    others = {row["person_ref"] for row in roster.rows} - agreed
    more = {NOT_AGREED: len(others)} if others else {}
    return Roster(rows, {**roster.left_out, **more})


def _agreed(actor: Actor) -> set[str]:
    """Keys of whoever's newest answer is a yes that they gave themselves and did not take back.

    What others decided in their best interests is no yes of theirs; an older yes stands for nothing
    once a newer answer was written down, whatever day either was given on.
    """
    said = Consent.objects.filter(service=actor.service_id, kind=Consent.Kind.TAKE_PART)
    stand = _people(actor, set(said.values_list("person", flat=True)))
    latest: dict[UUID, Consent] = {}
    for answer in said.order_by("-recorded_at", "-answered_on"):
        latest.setdefault(stand[answer.person_id].pk, answer)
    others = Consent.Route.BEST_INTERESTS
    return {str(key) for key, one in latest.items() if policies.holds(one) and one.route != others}


def _unusable(row: dict[str, str]) -> str:
    if not row["person_id"]:
        return UNKNOWN
    return "" if row["site"] else NO_SITE


def _row(offer: Offer, walk: Walk, person: Person, known_as: str) -> dict[str, str]:
    told: dict[str, Any] = {
        "site": offer.site,
        "person_id": offer.store_id or known_as,
        "list_date": offer.list_date,
        "list_rank": offer.list_rank,
        "offer_date": offer.offered_on,
        "consent": {"yes": "Y", "no": "N"}.get(offer.said, ""),
        "start_date": walk.started_on,
        "step_down_date": walk.stepped_back_on,
        "return_date": walk.returned_on,
        "death_date": person.died_on,
        "moved_date": offer.moved_on,
        "person_ref": person.pk,
        "housing": walk.housing,
        "mental_health": walk.mental_health,
    }
    return {name: "" if told[name] is None else str(told[name]) for name in COLUMNS}


def _people(actor: Actor, keys: set[UUID]) -> dict[UUID, Person]:
    """The record that stands for each of these people now; joined ones lead to the one kept."""
    found = Person.objects.filter(service=actor.service_id).in_bulk(keys)
    stand: dict[UUID, Person] = {}
    for key, person in found.items():
        while person.merged_into_id:
            person = person.merged_into
        stand[key] = person
    return stand


def _barred(actor: Actor, people: Mapping[UUID, Person]) -> dict[UUID, str]:
    """Whose record must not be used, and why; an objection to a joined record counts too."""
    barred = dict.fromkeys(held(actor.service_id), HELD)
    barred |= {one.pk: RESTRICTED for one in people.values() if one.restricted}
    said = Objection.objects.filter(service=actor.service_id, lifted_at=None)
    objecting = said.values_list("person", "person__merged_into")
    return barred | {key: OBJECTS for pair in objecting for key in pair if key}


def _store_ids(actor: Actor, people: Mapping[UUID, Person]) -> dict[UUID, str]:
    """An NHS number, or a number of a hospital, for whoever's row of the list was emptied."""
    sure = [one for one in people.values() if one.nhs_number and one.contact_held != "number"]
    kept = {person.pk: person.nhs_number for person in sure}
    others = Identifier.objects.filter(
        service=actor.service_id, person__in=[person.pk for person in people.values()],
        superseded_on=None,
    )  # fmt: skip
    local = dict(others.order_by("-issuer", "-value").values_list("person", "value"))
    return local | kept
