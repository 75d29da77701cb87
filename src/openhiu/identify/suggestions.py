"""Vulnerability suggestions: people whose attendances point to harm, homelessness or concern.

They come beside the list, each with its reason, and never touch a rank: the services choose some
people for their vulnerability rather than for how often they came.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from openhiu.engines import Engine
from openhiu.identify import steps
from openhiu.identify.rank import Ranked
from openhiu.identify.why import say_list, times
from openhiu.tables.handover import ALL_SITES

_WORDS: Final = {
    "self_harm": "came after self-harm",
    "homeless": "was recorded as homeless",
    "safeguarding": "had a safeguarding concern recorded",
    "mental_health": "came with a mental health need",
}
_COUNTS: Final = ("attendances", *_WORDS)


@dataclass(frozen=True)
class Suggestion:
    """One person to think about. `site_code` is `ALL` where they came to several sites.

    `on_list`: whether a list has them anyway.
    """

    site_code: str
    person_id: str
    attendances: int
    reason: str
    on_list: bool


def suggestions(engine: Engine, ranked: Ranked, *, keyed: bool) -> list[Suggestion]:
    """People with enough such attendances in the window, most first, then by identifier."""
    rows = engine.run(steps.text("vulnerable"), ranked.parameters).to_pylist()
    people = [
        person
        for person in _across_sites(rows)
        if person["attendances"] >= ranked.criteria.suggest_at_least
    ]
    names = steps.identifiers(engine, [person["person_key"] for person in people], keyed=keyed)
    listed = {row.person_id for row in ranked.listed}
    found = [
        Suggestion(
            person["site_code"],
            names[person["person_key"]],
            person["attendances"],
            _reason(person),
            names[person["person_key"]] in listed,
        )
        for person in people
    ]
    return sorted(found, key=lambda s: (s.site_code, -s.attendances, s.person_id))


def _across_sites(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row for each person: a concern at each of two hospitals is two concerns."""
    people: dict[Any, dict[str, Any]] = {}
    for row in rows:
        person = people.setdefault(row["person_key"], {**row, **dict.fromkeys(_COUNTS, 0)})
        for name in _COUNTS:
            person[name] += int(row[name])
        if row["site_code"] != person["site_code"]:
            person["site_code"] = ALL_SITES
    return list(people.values())


def _reason(row: dict[str, Any]) -> str:
    parts = [
        f"{words} {times(int(row[column]))}" for column, words in _WORDS.items() if row[column]
    ]
    sentence = say_list(parts)
    return f"{sentence[:1].upper()}{sentence[1:]} in the window."
