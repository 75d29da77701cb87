"""Who a chosen row is: found among the people known already, or entered as somebody new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal
from uuid import UUID

from django.core.exceptions import ValidationError

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.intake.models import Listed
from openhiu.web.intake.queries.known import Known
from openhiu.web.people import actions as people
from openhiu.web.people.match import Known as Details
from openhiu.web.people.match import Likely, MaybeKnown, likely_same
from openhiu.web.people.models import Person

NEW: Final = "new"
# A person's key, NEW for "somebody else", or None: nobody said.
Link = UUID | Literal["new"] | None
_CERTAIN: Final = 100
_DESPITE: Final = "The lead looked and said they are somebody else."
_SAY_WHICH: Final = "Someone like this is known already. Say whether they are the same person."


@dataclass(frozen=True)
class LikelyRow:
    """Someone a row might be: what may be shown of them, and why they are thought of."""

    person: UUID
    name: str
    why: str
    conflict: bool


def likely_rows(actor: Actor, rows: Sequence[Listed]) -> dict[UUID, list[LikelyRow]]:
    """For each row that somebody must look at: whom it might be. Certain matches are left out."""
    found = {}
    for row in rows:
        likely = _likely(actor, row)
        if likely and _certain(likely) is None:
            found[row.pk] = [_drawn(like) for like in likely]
    return found


def likely_typed(actor: Actor, typed: Mapping[str, Any]) -> list[LikelyRow]:
    """Whom someone typed in might be."""
    return [_drawn(like) for like in _likely_typed(actor, typed)]


def link_from(posted: Mapping[str, str], row_id: UUID | str, likely: Sequence[LikelyRow]) -> Link:
    """What was said about a row on the page, when it is one of the answers offered."""
    said = posted.get(f"same_{row_id}", "")
    if said == NEW:
        return NEW
    return next((like.person for like in likely if str(like.person) == said), None)


def person_for(by: Actor, row: Listed, known: Known | None, link: Link) -> Person:
    """The person of a row: linked, certain, or new.

    Raises:
        NotAllowed: someone is likely, and nobody said whether they are the same.
        Missing: the linked person is not of this service.
    """
    if isinstance(link, UUID):
        return _with_number(by, _linked(by, link), row)
    likely = _likely(by, row)
    certain = _certain(likely)
    if certain is not None and link is None:
        return _with_number(by, certain, row)
    if known and known.person and not likely:
        return _linked(by, known.person)
    return _added(by, _details(row), likely, link)


def person_typed(by: Actor, typed: Mapping[str, Any], link: Link) -> Person:
    """The person typed in: linked, certain, or new. Raises as `person_for`."""
    if isinstance(link, UUID):
        return _linked(by, link)
    phone = typed.get("phone") or ""
    names = ("given_name", "family_name", "birth_date", "nhs_number")
    fields = {name: typed[name] for name in names if typed.get(name)}
    details = {**fields, "phones": [(phone, "")] if phone else []}
    return _added(by, details, _likely_typed(by, typed), link)


def _added(by: Actor, details: dict[str, Any], likely: list[Likely], link: Link) -> Person:
    if likely and link != NEW:
        raise NotAllowed(_SAY_WHICH)
    try:
        return people.add_person(by=by, despite=_DESPITE if link == NEW else "", **details)
    except MaybeKnown:
        raise NotAllowed(_SAY_WHICH) from None
    except ValidationError as wrong:
        raise NotAllowed(" ".join(wrong.messages)) from None


def _details(row: Listed) -> dict[str, Any]:
    """What the hospital sent, as people.actions.add_person takes it."""
    details = Details.of(row.name, None, row.nhs_number, row.phone)
    other = row.person_ref if row.person_ref != row.nhs_number else ""
    return {
        "given_name": details.given,
        "family_name": details.family,
        "nhs_number": row.nhs_number,
        "sex": row.sex if row.sex in Person.Sex.values else "",
        "phones": [(row.phone, "from the hospital's list")] if row.phone else [],
        "numbers": [(row.list_id, other)] if other else [],
    }


def _with_number(by: Actor, person: Person, row: Listed) -> Person:
    """Someone known already: the hospital's telephone number is added when they have none."""
    if row.phone and not person.restricted and not person.phones.exists():
        people.add_phone(by=by, person=person, number=row.phone, label="from the hospital's list")
    return person


def _linked(by: Actor, key: UUID) -> Person:
    found = Person.objects.filter(service=by.service, pk=key, merged_into=None).first()
    if found is None:
        raise Missing
    return found


def _likely(actor: Actor, row: Listed) -> list[Likely]:
    return likely_same(actor, name=row.name, nhs_number=row.nhs_number, phone=row.phone)


def _likely_typed(actor: Actor, typed: Mapping[str, Any]) -> list[Likely]:
    return likely_same(
        actor,
        name=f"{typed.get('family_name') or ''}, {typed.get('given_name') or ''}",
        birth_date=typed.get("birth_date"),
        nhs_number=typed.get("nhs_number") or "",
        phone=typed.get("phone") or "",
    )


def _certain(likely: Sequence[Likely]) -> Person | None:
    """The one whose NHS number agrees, with nothing against it."""
    return next(
        (like.person for like in likely if like.score >= _CERTAIN and not like.conflict), None
    )


def _drawn(like: Likely) -> LikelyRow:
    name = like.person.full_name if like.visible else "Someone your service knows"
    return LikelyRow(UUID(str(like.person.pk)), name, "; ".join(like.why), like.conflict)
