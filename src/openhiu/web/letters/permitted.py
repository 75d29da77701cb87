"""What one organisation may receive in a letter: agreement and consent come in; items go out.

A letter to a GP practice is no exception: the practice is an organisation with an agreement, and
the client said yes to it (docs/adr/0016).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from openhiu.web.access.models import Organisation
from openhiu.web.casework.models import Consent, Share
from openhiu.web.casework.queries.sharing import (
    Standing,
    agreements,
    shareable,
    standing_answer,
    standings,
)
from openhiu.web.casework.sharing import PLACES, visible_items
from openhiu.web.letters.kinds import For, Kind
from openhiu.web.letters.models import PostalAddress
from openhiu.web.people.models import Person


@dataclass(frozen=True)
class Permit:
    """What may stand in a letter now, for what purpose, and under which answer."""

    items: frozenset[str]
    purpose: str = ""
    consent: Consent | None = None


def permit(person: Person, organisation: Organisation, kind: Kind) -> Permit:
    """What this organisation may receive of this person in a letter of this kind.

    A summary holds what is shared with it anyway, item for item. Other letters hold the items of
    the kind, as far as an agreement in force and an answer in date both allow.
    """
    found = [
        (items, agreement.purpose, standing_answer(person, agreement))
        for agreement in agreements(person.service_id).filter(organisation=organisation)
        if (items := shareable(person, agreement))
    ]
    hidden = PLACES if person.restricted else frozenset()
    if kind.reader is For.PARTNER:
        items = visible_items(organisation, person)
        live = _live(person, organisation, items)
        return Permit(items, live.purpose, live.consent) if live else Permit(frozenset())
    items = frozenset[str]().union(*(one for one, _, _ in found)) & set(kind.record)
    if kind.agreed and "agreed_plan" not in visible_items(organisation, person):
        items -= {"agreed_plan"}
    first = max(found, key=lambda one: len(one[0] & items), default=None)
    if first is None or not items:
        return Permit(frozenset())
    return Permit(items - hidden, first[1], first[2])


def _live(person: Person, organisation: Organisation, items: frozenset[str]) -> Share | None:
    rows = Share.objects.filter(person=person, organisation=organisation, stopped_at=None)
    return next((row for row in rows.order_by("-at") if items & set(row.items)), None)


def why_not(person: Person, organisation: Organisation) -> str:
    """Why nothing may be sent to an organisation, as a sentence."""
    return next((why for why in _reasons(person, organisation) if why), "") or (
        "What they agreed to share does not cover this letter: it has to name them."
    )


def _reasons(person: Person, organisation: Organisation) -> Iterator[str]:
    theirs: list[Standing] = [
        one for one in standings(person) if one.organisation.pk == organisation.pk
    ]
    if not theirs:
        yield "There is no sharing agreement in force with them."
    open_ones = [one for one in theirs if not one.why_not]
    if not open_ones:
        yield from (one.why_not for one in theirs)


def recipients(service_id: object, kind: Kind) -> list[Organisation]:
    """Organisations with an agreement in force, by name; the practices alone for a GP letter."""
    rows = Organisation.objects.filter(
        pk__in=agreements(service_id).order_by().values("organisation")
    )
    if kind.reader is For.PRACTICE:
        practices = PostalAddress.objects.filter(service=service_id, is_practice=True)
        rows = rows.filter(pk__in=practices.values("organisation"))
    return list(rows.order_by("name"))
