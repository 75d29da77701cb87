"""Who received a field of somebody's record: the field comes in; each recipient, the way it went
and the day go out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils import timezone

from openhiu.web.assurance.models import Disclosure, Telling
from openhiu.web.casework.models import Connection, Share, SharedWithoutConsent
from openhiu.web.letters.models import Outgoing
from openhiu.web.mdt.models import Copy
from openhiu.web.people.models import Person

Through: Any = Telling.Through
_CARD: Final = ("warning_signs", "what_helps", "what_harms", "people_to_call", "come_if",
                "out_of_hours")  # fmt: skip
_NAMES: Final = ("given_name", "family_name", "preferred_name", "pronouns")
# Which shareable item (casework.sharing.ITEMS) a field is told by; a model alone: all its fields.
ITEM_OF: Final[dict[str, str]] = {
    **{f"people.Person.{name}": "name" for name in _NAMES},
    "people.Person.birth_date": "birth_date",
    "people.Person.nhs_number": "nhs_number",
    "people.Person.address": "address",
    "people.Person.postcode": "address",
    "people.Person.gp_practice": "gp",
    "people.Phone": "contact",
    "people.ContactSafety": "contact",
    "casework.Case": "phase",
    "casework.Plan.what_matters": "what_matters",
    "casework.Plan.strengths": "strengths",
    **{f"casework.Plan.{name}": "card" for name in _CARD},
    "casework.Need": "reasons",
    "casework.Goal": "goals",
    "casework.Step": "goals",
    "casework.NetworkMember": "network",
    "monitoring.Activity": "activity",
    "mdt.Listing": "meeting",
    "mdt.Slot": "meeting",
    "mdt.Action": "meeting",
    "mdt.AgreedPlan": "agreed_plan",
    "mdt.PlanRow": "agreed_plan",
}


@dataclass(frozen=True)
class Recipient:
    """Somebody who has it: an organisation, or whom it was told in words."""

    whom: str
    through: str
    received_on: date
    organisation: Any = None


def item_of(model: str, field: str) -> str:
    """The shareable item that tells a field, or nothing."""
    return ITEM_OF.get(f"{model}.{field}") or ITEM_OF.get(model, "")


def recipients(person: Person, item: str) -> list[Recipient]:
    """Everybody who received an item of a person, each way once, the earliest day first.

    Sharing to keep someone safe and disclosures are in free words: whoever received one is there
    whatever the item, so that a person looks whether it told it.
    """
    found: dict[tuple[str, str], Recipient] = {}
    for one in sorted(_every(person, item), key=lambda row: (row.received_on, row.whom)):
        found.setdefault((one.whom, one.through), one)
    return list(found.values())


def _every(person: Person, item: str) -> Iterator[Recipient]:
    for share in _rows(Share, person).select_related("organisation"):
        if item in share.items:
            yield _to(share.organisation, Through.SHARE, share.at)
    for letter in Outgoing.objects.filter(
        letter__case__person=person, state=Outgoing.State.SENT
    ).select_related("letter__organisation"):
        if letter.letter.organisation and _told(letter, item):
            yield _to(letter.letter.organisation, Through.LETTER, letter.ended_at)
    if item == "agreed_plan":
        for copy in Copy.objects.filter(plan__case__person=person).select_related("organisation"):
            yield _to(copy.organisation, Through.COPY, copy.given_at)
    for one in Connection.objects.filter(case__person=person).select_related("listing"):
        if item in one.items:
            yield Recipient(one.name, Through.CONNECTION, one.made_on)
    yield from _in_words(person)


def _in_words(person: Person) -> Iterator[Recipient]:
    for one in _rows(SharedWithoutConsent, person):
        yield Recipient(one.told_whom, Through.SAFETY, timezone.localdate(one.at))
    for asked in _rows(Disclosure, person):
        if asked.given_at:
            yield Recipient(asked.organisation, Through.SAFETY, timezone.localdate(asked.given_at))


def _told(letter: Outgoing, item: str) -> bool:
    """Whether a letter told it; of one whose contents are not known it is taken that it did."""
    return letter.told is None or item in letter.told.get("items", [])


def _rows(model: Any, person: Person) -> Any:
    return model.objects.filter(service=person.service_id, person=person)


def _to(organisation: Any, through: str, at: Any) -> Recipient:
    return Recipient(organisation.name, through, timezone.localdate(at), organisation)
