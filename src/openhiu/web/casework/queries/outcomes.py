"""What changed for one client, and what they said of how they feel: rows with words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from openhiu.web.casework.models import Case, Outcome, Wellbeing
from openhiu.web.casework.outcomes import ANOTHER, ONS4, label


@dataclass(frozen=True)
class Changed:
    """One outcome with its title; "another" is called by its words."""

    outcome: Outcome
    title: str
    words: str


@dataclass(frozen=True)
class Asked:
    """One time the four questions were asked: the answers by question, None where skipped."""

    row: Wellbeing
    answers: list[tuple[str, int | None]]


def outcomes_of(case: Case) -> list[Changed]:
    """Every outcome of a case that was already found readable, newest first."""
    rows = Outcome.objects.filter(service=case.service_id, case=case)
    return [_changed(row) for row in rows.select_related("noted_by__user").order_by(*_NEWEST)]


def wellbeing_of(case: Case) -> list[Asked]:
    """Every time the four questions were asked, newest first."""
    rows = Wellbeing.objects.filter(service=case.service_id, case=case)
    asked = rows.select_related("asked_by__user").order_by("-asked_on", "-pk")
    return [Asked(row, [(text, _answer(row, key)) for key, text in ONS4.items()]) for row in asked]


_NEWEST = ("-happened_on", "-noted_at")


def _changed(row: Outcome) -> Changed:
    if row.category == ANOTHER:
        return Changed(row, row.words, "")
    return Changed(row, label(row.category), row.words)


def _answer(row: Any, key: str) -> int | None:
    found: int | None = getattr(row, key)
    return found
