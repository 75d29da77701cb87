"""People for tests: an actor and a few facts come in, a person as the product keeps them goes out.

NHS numbers are of the 999 range only.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from openhiu.tables.identifiers import check_digit
from openhiu.web.access.actor import Actor
from openhiu.web.access.models import BreakGlass
from openhiu.web.people.indexing import reindex
from openhiu.web.people.models import ContactSafety, Identifier, OtherName, Person, Phone

_RUNNING = count(100_000)


def nhs_number(nth: int | None = None) -> str:
    """A valid made-up number; the same for the same `nth`."""
    start = next(_RUNNING) if nth is None else nth
    for running in range(start * 11, start * 11 + 11):
        nine = f"999{running % 1_000_000:06d}"
        check = check_digit(nine)
        if check is not None:
            return nine + str(check)
    raise AssertionError("one of eleven in a row has a check digit")


def make_person(
    actor: Actor,
    given_name: str = "Robin",
    family_name: str = "Example",
    *,
    phones: Iterable[str] = (),
    also: Iterable[str] = (),
    numbers: Iterable[tuple[str, str]] = (),
    mine: bool = True,
    **facts: Any,
) -> Person:
    """Someone of the actor's service; `mine`: the actor entered them just now, and so sees them."""
    person = Person.objects.create(
        service=actor.service, given_name=given_name, family_name=family_name,
        made_by=actor.membership if mine else None, **facts,
    )  # fmt: skip
    mine_too: dict[str, Any] = {"service": actor.service, "person": person}
    for number in phones:
        Phone.objects.create(number=number, **mine_too)
    for name in also:
        OtherName.objects.create(name=name, **mine_too)
    for issuer, value in numbers:
        Identifier.objects.create(issuer=issuer, value=value, **mine_too)
    reindex(person)
    return person


def make_plan(actor: Actor, person: Person, **wishes: Any) -> ContactSafety:
    """A contact-safety plan gone through today, in which everything is allowed unless said."""
    told: dict[str, Any] = {"voicemail": "yes", "text": "yes", "letter": "yes"} | wishes
    return ContactSafety.objects.create(
        service=actor.service, person=person, reviewed_on=timezone.localdate(),
        reviewed_by=actor.membership, **told,
    )  # fmt: skip


def open_with_a_reason(actor: Actor, person: Person) -> BreakGlass:
    """What breaking the glass leaves behind."""
    return BreakGlass.objects.create(
        service=actor.service, membership=actor.membership, person_id=person.pk,
        reason="A relative called", expires_at=timezone.now() + timedelta(hours=4),
    )  # fmt: skip


BORN = date(1971, 4, 3)
