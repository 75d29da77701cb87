"""The one search box: a text comes in; the people found, among those one may see, go out.

The database brings candidates by trigram (sql/search.sql); they are put in order here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models.expressions import RawSQL
from django.urls import reverse
from rapidfuzz import fuzz

from openhiu.web.access.actor import Actor
from openhiu.web.people import doors, queries
from openhiu.web.people.fold import fold
from openhiu.web.people.indexing import SHORTEST_ENDING, blinded
from openhiu.web.people.models import OtherName, Person
from openhiu.web.people.reading import Reading, Term, read

SHOWN: Final = 20
_CANDIDATES: Final = 80  # of those one may see, put in order here
_ENOUGH: Final = 8  # with fewer, names that sound alike are looked for as well
_NHS_NUMBER: Final = 10  # figures
_MANY: Final = 20_000  # of a service, before they are sifted to those one may see
_TERMS: Final = 3  # that the database compares; more are compared here
_COLUMNS: Final = (
    "id", "given_name", "family_name", "preferred_name", "birth_date", "nhs_number", "restricted",
    "died", "search_text",
)  # fmt: skip
_KINDS: Final = dict(OtherName.Kind.choices)


@dataclass(frozen=True)
class Hit:
    """Someone found. Holds no address, telephone number or practice, for anyone.

    `why` says what was found when the name alone does not show it; `score` is 0 to 100.
    """

    name: str
    url: str
    person_id: UUID | None = None
    preferred_name: str = ""
    birth_date: date | None = None
    nhs_number: str = ""
    why: str = ""
    tag: str = ""
    note: str = ""
    died: bool = False
    restricted: bool = False
    score: float = 0


def search(actor: Actor, text: str, limit: int = SHOWN) -> list[Hit]:
    """The people one may see who fit every part of the text, best first, at most `limit`."""
    reading = _keyed(actor, read(text))
    if reading.empty:
        return []
    rows = _candidates(actor, reading)
    best = _ordered(rows, reading)[:limit]
    hits = _placed(actor, _explained(best, reading))
    for finder in doors.FINDERS:
        hits += finder(actor, reading, limit)
    return sorted(hits, key=lambda hit: -hit.score)[:limit]


def outside(actor: Actor, text: str) -> str:
    """Where to open, with a reason, the one person whose whole NHS number was typed.

    Empty where there is nobody such, or the actor may see them anyway. Nothing else about someone
    outside one's own people is ever told.
    """
    numbers = [number for number in read(text).numbers if len(number) == _NHS_NUMBER]
    known = Person.objects.filter(
        service=actor.service_id, nhs_number__in=numbers, merged_into__isnull=True
    ).first()
    if known is None or queries.people(actor).filter(pk=known.pk).exists():
        return ""
    return next((url for url in (way(actor, known) for way in doors.OUTSIDE) if url), "")


def likeness(reading: Reading, name: str) -> float:
    """How well a name fits the words looked for, 0 to 100; 100 where no words were."""
    if not reading.names:
        return 100.0
    have = fold(name).split()
    if not have:
        return 0.0
    best = [max(_word_likeness(word, other) for other in have) for word in reading.names]
    return float(sum(best) / len(best))


def fits(reading: Reading, search_text: str) -> bool:
    """Whether every term is found in a folded line, as strictly as the database does it first."""
    return all(_fits(term, search_text) for term in reading.terms)


def _fits(term: Term, line: str) -> bool:
    return any(_has(line, pattern) for pattern in term.strict + term.loose)


def _word_likeness(word: str, other: str) -> float:
    if other.startswith(word):
        return 100.0 if other == word else 92.0
    return float(fuzz.ratio(word, other)) * 0.9


def _keyed(actor: Actor, reading: Reading) -> Reading:
    """Figures are looked for as the ending of a telephone number too, which stands there sealed."""
    return replace(reading, terms=tuple(_with_endings(actor, term) for term in reading.terms))


def _with_endings(actor: Actor, term: Term) -> Term:
    if not term.text.isdigit() or len(term.text) < SHORTEST_ENDING:
        return term
    words = tuple(f"% {word} %" for word in blinded(term.text, actor.service_id))
    # A whole number of eleven figures is no NHS number: what it stands for comes first.
    whole = words[0] if len(term.text) > _NHS_NUMBER else term.whole
    return replace(term, whole=whole, sealed=words)


def _candidates(actor: Actor, reading: Reading) -> list[dict[str, Any]]:
    """From the strictest way of looking to the loosest, each only where the ones before found few.

    Comparing misspellings costs the database ten times as much as all else together.
    """
    rows = _find(actor, reading)
    if len(rows) < _ENOUGH and any(term.loose for term in reading.terms):
        rows = {**_find(actor, reading, sounds=True), **rows}
    if not rows and any(term.near for term in reading.terms):
        rows = _find(actor, reading, sounds=True, misspelt=True)
    return list(rows.values())


def _find(
    actor: Actor, reading: Reading, *, sounds: bool = False, misspelt: bool = False
) -> dict[UUID, dict[str, Any]]:
    """Rows by key. Who sees everyone gets the best; others all that fit, sifted to their own."""
    terms = reading.terms[:_TERMS]
    any_of: list[Any] = [
        [*term.strict, *term.sealed, *(term.loose if sounds else ())] for term in terms
    ]
    any_of += [None] * (_TERMS - len(terms))
    near = [term.near or None if misspelt else None for term in terms]
    most = _CANDIDATES if queries.sees_everyone(actor) else _MANY
    fitting = RawSQL(  # a fixed call: what was typed travels as parameters
        "select people_find(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s)",
        [*any_of, [term.whole for term in terms], near, most],
    )
    rows = queries.people(actor).filter(pk__in=fitting).values(*_COLUMNS)[:_CANDIDATES]
    return {row["id"]: row for row in rows}


def _ordered(rows: list[dict[str, Any]], reading: Reading) -> list[dict[str, Any]]:
    """Best first: what the database counted, then the likeness of the names."""
    for row in rows:
        row["name"] = f"{row['given_name']} {row['family_name']}".strip()
        row["score"] = _score(row, reading)
    return sorted(rows, key=lambda row: (-row["score"], fold(row["name"]), str(row["id"])))


def _score(row: dict[str, Any], reading: Reading) -> float:
    if not reading.names:
        return 100.0
    shown = likeness(reading, f"{row['name']} {row['preferred_name']}")
    # Found under another name or number: as good as what fits, and a little behind.
    line = row["search_text"]
    fit = [2 * _has(line, term.whole) + _found(line, term) for term in reading.terms]
    return max(shown, 90.0 * sum(fit) / (3 * len(fit)))


def _found(line: str, term: Term) -> bool:
    return any(_has(line, pattern) for pattern in (term.strict[0], *term.sealed))


def _has(line: str, pattern: str) -> bool:
    return pattern.strip("%") in line


def _explained(rows: Iterable[dict[str, Any]], reading: Reading) -> list[Hit]:
    chosen = list(rows)
    others = _other_names([row["id"] for row in chosen]) if reading.names else {}
    return [_hit(row, reading, others.get(row["id"], [])) for row in chosen]


def _hit(row: dict[str, Any], reading: Reading, others: list[tuple[str, str]]) -> Hit:
    return Hit(
        name=row["name"] or "Name not known",
        url="",
        person_id=row["id"],
        preferred_name=row["preferred_name"],
        birth_date=row["birth_date"],
        nhs_number=row["nhs_number"],
        why=_why(row, reading, others),
        died=bool(row["died"]),
        restricted=row["restricted"],
        score=row["score"],
    )


def _why(row: dict[str, Any], reading: Reading, others: list[tuple[str, str]]) -> str:
    if likeness(reading, f"{row['name']} {row['preferred_name']}") < 90:
        fitting = [(likeness(reading, name), label, name) for label, name in others]
        best = max(fitting, default=(0.0, "", ""))
        if best[0] >= 70:
            return f"{best[1]}: {best[2]}"
    if reading.numbers and not any(n in row["nhs_number"] for n in reading.numbers):
        return "A telephone or other number of theirs fits"
    return ""


def _other_names(ids: list[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    """Other names, and the names of records joined to these, with what they are."""
    found: dict[UUID, list[tuple[str, str]]] = {}
    others = OtherName.objects.filter(person__in=ids).values_list("person_id", "kind", "name")
    for key, kind, name in others:
        found.setdefault(key, []).append((_KINDS[kind], name))
    joined = Person.objects.filter(merged_into__in=ids)
    for key, given, family in joined.values_list("merged_into_id", "given_name", "family_name"):
        found.setdefault(key, []).append(("Joined record", f"{given} {family}".strip()))
    return found


def _placed(actor: Actor, hits: list[Hit]) -> list[Hit]:
    ids = [hit.person_id for hit in hits if hit.person_id]
    places: dict[UUID, doors.Place] = {}
    for door in doors.PLACES:
        places = {**door(actor, ids), **places}
    return [_at(hit, places.get(hit.person_id)) for hit in hits if hit.person_id]


def _at(hit: Hit, place: doors.Place | None) -> Hit:
    if place is None:
        return replace(hit, url=reverse("people:person", args=[hit.person_id]))
    return replace(hit, url=place.url, tag=place.tag, note=place.note)
