"""Which open question stops contact until a person has looked: somebody comes in, why goes out."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from openhiu.web.people.models import IdentityQuestion, Person

_KIND: Any = IdentityQuestion.Kind
NUMBER, DEATH = "number", "death"
# What each kind of question stops contact for while it is open.
HOLDS: Final = {
    str(_KIND.NUMBER): NUMBER, str(_KIND.DEATH_REMOVED): DEATH, str(_KIND.DIED): DEATH,
}  # fmt: skip
# Which question looks after a hold that was left without one.
ASKS: Final = {NUMBER: _KIND.NUMBER, DEATH: _KIND.DIED}


def still_held(person_id: UUID, besides: IdentityQuestion | None = None) -> str:
    """What an open question of this person (another one) stops contact for; "" for nothing."""
    kind = _open(person_id, besides).values_list("kind", flat=True).first()
    return HOLDS[kind] if kind else ""


def left_alone(person: Person, besides: IdentityQuestion | None = None) -> bool:
    """Whether contact is held and no (other) open question could let it go on again.

    Whoever is marked as died is not: contact is released when that is corrected.
    """
    if not person.contact_held or person.died:
        return False
    kinds = [kind for kind, hold in HOLDS.items() if hold == person.contact_held]
    return not _open(person.pk, besides).filter(kind__in=kinds).exists()


def _open(person_id: UUID, besides: IdentityQuestion | None) -> QuerySet[IdentityQuestion]:
    rows = IdentityQuestion.objects.filter(person=person_id, settled_at=None, kind__in=HOLDS)
    return rows.exclude(pk=besides.pk if besides else None).order_by("opened_at")
