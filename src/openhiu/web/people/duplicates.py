"""Records that may be one person twice: a page of pairs goes out, never worked out unasked."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import Role
from openhiu.web.people import match, queries
from openhiu.web.people.models import Apart, Person, Phone

_GROUPS: Final = 200  # blocks looked at for one page


@dataclass(frozen=True)
class Pair:
    """Two records and why they may be one."""

    one: Person
    other: Person
    why: tuple[str, ...]

    @property
    def reason(self) -> str:
        """Why, as one line."""
        return match.one_line(self.why)


def comparable(actor: Actor) -> QuerySet[Person]:
    """Whose records this actor may compare: theirs; for an analyst everyone's names and numbers."""
    if actor.is_(Role.ANALYST):
        return Person.objects.filter(service=actor.service_id, merged_into__isnull=True)
    return queries.people(actor)


def pairs(actor: Actor) -> list[Pair]:
    """Pairs among people one may compare, by birthday and sound or by telephone number."""
    found = {}
    for group in _groups(comparable(actor)):
        for one, other in combinations(group, 2):
            pair = _pair(one, other)
            if pair:
                found[one.pk, other.pk] = pair
    parted = _parted(actor)
    return [pair for keys, pair in found.items() if frozenset(keys) not in parted]


def pair_or_missing(actor: Actor, one: Any, other: Any) -> tuple[Person, Person]:
    """Two people this actor may compare; an analyst only where they look like one person.

    Raises:
        Missing: one of them is not theirs to see.
    """
    rows = {person.pk: person for person in comparable(actor).filter(pk__in=[one, other])}
    if len(rows) < 2:
        raise Missing
    if actor.is_(Role.ANALYST) and not _pair(rows[one], rows[other]):
        raise Missing
    return rows[one], rows[other]


def _groups(people: QuerySet[Person]) -> list[list[Person]]:
    people = people.order_by("pk")
    keys = (
        people.filter(birth_date__isnull=False)
        .exclude(family_sound="")
        .order_by("birth_date", "family_sound")
        .values_list("birth_date", "family_sound")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)[:_GROUPS]
    )
    numbers = (
        Phone.objects.filter(person__in=people)
        .exclude(found_by="")
        .order_by("found_by")
        .values_list("found_by")
        .annotate(n=Count("person", distinct=True))
        .filter(n__gt=1)[:_GROUPS]
    )
    rows = people.prefetch_related("identifiers", "phones")
    born, ringing = _alike_by_birthday(rows, list(keys)), [number for number, _ in numbers]
    return born + _alike_by_phone(rows, ringing)


def _alike_by_birthday(rows: QuerySet[Person], keys: list[Any]) -> list[list[Person]]:
    if not keys:
        return []
    wanted = Q(pk__in=[])
    for born, heard, _ in keys:
        wanted |= Q(birth_date=born, family_sound=heard)
    groups: dict[Any, list[Person]] = {}
    for person in rows.filter(wanted):
        groups.setdefault((person.birth_date, person.family_sound), []).append(person)
    return list(groups.values())


def _alike_by_phone(rows: QuerySet[Person], numbers: list[str]) -> list[list[Person]]:
    groups: dict[str, list[Person]] = {}
    for person in rows.filter(phones__found_by__in=numbers).distinct():
        for number in {phone.digits for phone in person.phones.all()}:
            groups.setdefault(number, []).append(person)
    return [group for group in groups.values() if len(group) > 1]


def _pair(one: Person, other: Person) -> Pair | None:
    like = match.compared(match.Known.about(one), other)
    return Pair(one, other, like.why) if like else None


def _parted(actor: Actor) -> set[frozenset[Any]]:
    rows = Apart.objects.filter(service=actor.service_id).values_list("one_id", "other_id")
    return {frozenset(pair) for pair in rows}
