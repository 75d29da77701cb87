"""Vulnerability suggestions: people whose attendances point to harm, homelessness or concern.

They come beside the list, each with its reason, and never touch a rank: the services choose some
people for their vulnerability rather than for how often they came.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from openhiu.engines import Engine
from openhiu.identify import steps
from openhiu.identify.rank import Ranked
from openhiu.identify.why import say_list, times
from openhiu.tables.handover import ALL_SITES


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
    engine.persist("vulnerable", steps.text("vulnerable"), ranked.parameters)
    least = {"least": ranked.criteria.suggest_at_least}
    rows = engine.run("select * from vulnerable where attendances >= :least", least).to_pylist()
    names = steps.identifiers(engine, [row["person_key"] for row in rows], keyed=keyed)
    listed = {row.person_id for row in ranked.listed}
    found = [
        Suggestion(
            row["a_site"] if row["sites"] == 1 else ALL_SITES,
            names[row["person_key"]],
            int(row["attendances"]),
            _reason(row),
            names[row["person_key"]] in listed,
        )
        for row in rows
    ]
    return sorted(found, key=lambda s: (s.site_code, -s.attendances, s.person_id))


def _reason(row: dict[str, Any]) -> str:
    parts = [
        f"{words} {times(int(row[column]))}"
        for column, words in (
            ("self_harm", "came after self-harm"),
            ("homeless", "was recorded as homeless"),
            ("safeguarding", "had a safeguarding concern recorded"),
            ("mental_health", "came with a mental health need"),
        )
        if row[column]
    ]
    sentence = say_list(parts)
    return f"{sentence[:1].upper()}{sentence[1:]} in the window."
