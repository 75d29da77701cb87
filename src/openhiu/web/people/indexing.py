"""What the search box looks through: a person's rows come in, one line of folded words goes out.

A restricted person's telephone numbers are left out: finding someone by a number would confirm it.
Nobody's numbers stand there in figures: they are sealed, and so what finds them is a keyed word for
the whole number and one for each of its endings, from four figures on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from openhiu.web.access.sealed.envelope import blind, ring
from openhiu.web.people.fold import date_key, fold, sound, words
from openhiu.web.people.models import Person

SHORTEST_ENDING: Final = 4  # figures
_LETTERS: Final = str.maketrans("234567", "ABCDEF")


def search_text(person: Person) -> str:
    """Every name, sound, number and date by which this person, or one joined to them, is found."""
    records = [person, *Person.objects.filter(merged_into=person).order_by("pk")]
    restricted = any(record.restricted for record in records)
    found = [word for record in records for word in _words(record, restricted)]
    return f" {' '.join(dict.fromkeys(found))} " if found else ""


def reindex(person: Person) -> None:
    """Bring the search line and the family name's sound up to date, for them and who holds them.

    Bypasses `version`: nobody edits these.
    """
    person.search_text = search_text(person)
    person.family_sound = family_sound(person.family_name)
    Person.objects.filter(pk=person.pk).update(
        search_text=person.search_text, family_sound=person.family_sound
    )
    if person.merged_into_id:
        reindex(person.merged_into)


def family_sound(family_name: str) -> str:
    """The key by which family names are alike: how they sound, or how they are spelt."""
    heard = sound(family_name)
    return heard or "".join(fold(family_name).split())[:8]


def endings(figures: str, service: Any) -> Iterator[str]:
    """Words by which a telephone number is found: by its last four figures, its last five, ..."""
    for length in range(SHORTEST_ENDING, len(figures) + 1):
        yield from blinded(figures[-length:], service, newest=True)


def blinded(figures: str, service: Any, *, newest: bool = False) -> Iterator[str]:
    """The words that may stand for figures: one for each key, or that of the newest.

    Letters alone, behind a mark: neither a name nor a number is ever found within one.
    """
    for key in ring().keys[: 1 if newest else None]:
        word = blind(figures, "people.person.search_text", service, key).partition(".")[2]
        yield "~" + word.translate(_LETTERS)


def renew(service: Any) -> None:
    """Make every line anew, after the key was changed."""
    for person in Person.objects.filter(service=service).iterator(chunk_size=200):
        reindex(person)


def line(names: Iterable[str], numbers: Iterable[str]) -> str:
    """The same line for someone who is no person yet: a row of a list with a name and numbers."""
    return f" {' '.join([*_named(names), *filter(None, numbers)])} "


def _words(person: Person, restricted: bool) -> Iterator[str]:
    names = [person.given_name, person.family_name, person.preferred_name]
    yield from _named([*names, *(other.name for other in _in_order(person.other_names))])
    if person.nhs_number:
        yield person.nhs_number
    for number in _in_order(person.identifiers):
        yield "".join(fold(number.value).split())
    if not restricted:
        for phone in _in_order(person.phones):
            yield from endings(phone.digits, person.service_id)
    if person.birth_date:
        yield date_key(person.birth_date)


def _in_order(rows: Any) -> Any:
    """The same line whenever it is made: a table gives its rows in no order of its own."""
    return rows.order_by("pk")


def _named(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        for word in words(name):
            yield word
            if heard := sound(word):
                yield f"={heard}"
