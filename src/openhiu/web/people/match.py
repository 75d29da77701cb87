"""Who might be the same person: what is known comes in, likely people and the reasons go out.

Never automatic: a person decides. The five rules (docs/how-to/find-someone.md): different NHS
numbers are never one person; the same number twice in a file is an error of the file; nothing
equals nothing; twins are two people; two records once said to be apart stay apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from rapidfuzz import fuzz

from openhiu.tables.identifiers import IdentifierFault, read_nhs_number
from openhiu.web.access.actor import Actor
from openhiu.web.design.words import initial_lower
from openhiu.web.people import queries
from openhiu.web.people.fold import digits, fold
from openhiu.web.people.indexing import family_sound
from openhiu.web.people.models import Apart, Person, Phone
from openhiu.web.people.nicknames import other_forms

_ALIKE = 84  # of 100, rapidfuzz ratio: "jon" and "john" 86, "mary" and "mark" 75
_AT_MOST = 10


@dataclass(frozen=True)
class Known:
    """What is known about someone when asking; empty is not known."""

    given: str = ""
    family: str = ""
    birth_date: date | None = None
    nhs_number: str = ""
    phones: frozenset[str] = frozenset()

    @classmethod
    def of(cls, name: str, birth_date: date | None, nhs_number: str, phone: str) -> Known:
        """From one line: "Given Family" or "FAMILY, Given"; a number that is not one is empty."""
        family, comma, given = name.partition(",")
        if not comma:
            given, _, family = " ".join(name.split()).rpartition(" ")
        number = read_nhs_number(nhs_number)
        known = "" if isinstance(number, IdentifierFault) else number
        phones = frozenset({digits(phone)} - {""})
        return cls(given.strip(), family.strip(), birth_date, known, phones)

    @classmethod
    def about(cls, person: Person) -> Known:
        """What is known about someone who has a record."""
        phones = frozenset(phone.digits for phone in person.phones.all())
        return cls(
            person.given_name, person.family_name, person.birth_date, person.nhs_number, phones
        )


@dataclass(frozen=True)
class Likely:
    """Someone who might be the same. `score` orders them, 0 to 100; `conflict` asks for care.

    `visible` is False for someone the actor may not see: say only that the service knows them.
    """

    person: Person
    why: tuple[str, ...]
    score: int
    conflict: bool = False
    visible: bool = True

    @property
    def reason(self) -> str:
        """Why, as one line."""
        return one_line(self.why)


class MaybeKnown(Exception):
    """Someone like this is known already: link to them, or add with a reason."""

    def __init__(self, likely: list[Likely]) -> None:
        self.likely = likely
        super().__init__("someone like this is known already")


def likely_same(
    actor: Actor,
    *,
    name: str,
    birth_date: date | None = None,
    nhs_number: str = "",
    phone: str = "",
) -> list[Likely]:
    """People of the service who might be this one, the likeliest first, at most ten.

    Looks at the whole service, so that nobody is entered twice; `visible` guards what may be shown.
    """
    return likely(actor, Known.of(name, birth_date, nhs_number, phone))


def likely(actor: Actor, known: Known) -> list[Likely]:
    """The same for what is taken apart already."""
    weighed = [compared(known, person) for person in _blocks(actor, known)]
    found = sorted((like for like in weighed if like), key=lambda like: -like.score)[:_AT_MOST]
    seen = set(
        queries.people(actor)
        .filter(pk__in=[like.person.pk for like in found])
        .values_list("pk", flat=True)
    )
    return [
        Likely(like.person, like.why, like.score, like.conflict, like.person.pk in seen)
        for like in found
    ]


def likely_for(actor: Actor, person: Person) -> list[Likely]:
    """Others who might be this person, without those said to be someone else."""
    others = apart_from(person) | {person.pk}
    return [like for like in likely(actor, Known.about(person)) if like.person.pk not in others]


def one_line(why: tuple[str, ...]) -> str:
    """Reasons as one sentence: "Same date of birth, same telephone number"."""
    return ", ".join((*why[:1], *map(initial_lower, why[1:])))


def apart_from(person: Person) -> set[object]:
    """The keys of people said not to be this one."""
    rows = Apart.objects.filter(Q(one=person) | Q(other=person)).values_list("one_id", "other_id")
    return {key for pair in rows for key in pair} - {person.pk}


def repeated_numbers(numbers: Iterable[str]) -> list[str]:
    """NHS numbers that stand twice or more in one file, which is an error of the file.

    Empty ones are no number and never repeat.
    """
    counted = Counter(number for number in numbers if number)
    return [number for number, times in counted.items() if times > 1]


def _blocks(actor: Actor, known: Known) -> QuerySet[Person]:
    """The few people worth comparing: same number, same birthday and sound, or same telephone."""
    keys = Q(pk__in=[])
    if known.nhs_number:
        keys |= Q(nhs_number=known.nhs_number) & ~Q(contact_held="number")
        keys |= Q(identifiers__issuer="nhs", identifiers__value=known.nhs_number)
    if known.birth_date and known.family:
        keys |= Q(birth_date=known.birth_date, family_sound=family_sound(known.family))
    if known.phones:
        keys |= Q(phones__found_by__in=Phone.words(known.phones, actor.service_id))
    ours = Person.objects.filter(service=actor.service_id, merged_into__isnull=True)
    return ours.filter(keys).distinct().prefetch_related("identifiers", "phones")[:100]


def compared(known: Known, person: Person) -> Likely | None:
    """How one record compares with what is known; None where they are not one person."""
    numbers = {n.value for n in person.identifiers.all() if n.issuer == "nhs"}
    if person.contact_held != "number":  # a number in doubt matches nobody
        numbers |= {person.nhs_number} - {""}
    if known.nhs_number and numbers:
        return _by_number(known, person) if known.nhs_number in numbers else None
    return _by_name(known, person)


def _by_number(known: Known, person: Person) -> Likely:
    if known.birth_date and person.birth_date and known.birth_date != person.birth_date:
        why = ("Same NHS number", "but another date of birth: check both before linking")
        return Likely(person, why, 60, conflict=True)
    if known.given and not alike(known.given, person.given_name):
        why = ("Same NHS number", "but another first name: check both before linking")
        return Likely(person, why, 60, conflict=True)
    return Likely(person, ("Same NHS number",), 100)


def _by_name(known: Known, person: Person) -> Likely | None:
    """By birthday and telephone; never by a name alone, and never against the first name."""
    if not alike(known.given, person.given_name):
        return None  # twins, or others of one household
    born = known.birth_date is not None and known.birth_date == person.birth_date
    if known.birth_date and person.birth_date and not born:
        return None
    rings = bool(known.phones & {phone.digits for phone in person.phones.all()})
    family = _family_alike(known.family, person.family_name)
    why = tuple(
        sentence
        for told, sentence in (
            (born, "Same date of birth"),
            (rings, "Same telephone number"),
            (family, "Family name is alike"),
        )
        if told
    )
    return Likely(person, why, 30 + 20 * len(why)) if len(why) > 1 else None


def alike(one: str, other: str) -> bool:
    """Whether two first names may be one: spelt alike, or forms of one; nothing fits nothing."""
    first, second = fold(one).split(), fold(other).split()
    if not first or not second:
        return False
    a, b = first[0], second[0]
    return a == b or b in other_forms(a) or fuzz.ratio(a, b) >= _ALIKE


def _family_alike(one: str, other: str) -> bool:
    if not fold(one) or not fold(other):
        return False
    heard = family_sound(one) == family_sound(other)
    return heard or fuzz.ratio(fold(one), fold(other)) >= _ALIKE
