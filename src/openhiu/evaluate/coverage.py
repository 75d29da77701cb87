"""From when to when the further datasets can be counted: the moments of their first and last rows
come in; the outcomes that cannot be counted, and those known only from some day on, go out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any, Final

from openhiu.evaluate.outcomes import OUTCOMES
from openhiu.evaluate.rows import day_number
from openhiu.evaluate.sites import SitePlan
from openhiu.evaluate.words import day_words

_ENOUGH_TO_JUDGE: Final = 100  # rows from which a gap at an end means something
_WORDS: Final[Mapping[str, str]] = {
    "admissions": "admissions", "ambulance": "ambulance call-outs", "calls_111": "calls to NHS 111",
}  # fmt: skip


@dataclass(frozen=True)
class Span:
    """One dataset: its first and last row, and how many there are."""

    dataset: str
    oldest: datetime | None
    newest: datetime | None
    rows: int

    @property
    def silence(self) -> timedelta:
        """How long the dataset may well have no row."""
        if self.oldest is None or self.newest is None:
            return timedelta()
        days = (self.newest - self.oldest).days + 1
        return timedelta(max(7, ceil(20 * days / self.rows)))


@dataclass(frozen=True)
class Coverage:
    """`absent`: keys of outcomes that cannot be counted. `since`: the first day (as a day number)
    of those whose data begin later than the attendances.
    """

    absent: tuple[str, ...]
    since: Mapping[str, int]
    told: tuple[str, ...]


def spans_of(rows: Iterable[Mapping[str, Any]]) -> list[Span]:
    """The rows of the step `spans`, always in the same order."""
    found = {row["dataset"]: row for row in rows}
    return [Span(name, found[name]["oldest"], found[name]["newest"], int(found[name]["records"]))
            for name in _WORDS]  # fmt: skip


def coverage(spans: Sequence[Span], plans: Sequence[SitePlan], *, modes: bool = True) -> Coverage:
    """What can be counted over the days that the plans look at.

    `modes`: whether any attendance says how the person came.
    """
    absent: list[str] = []
    since: dict[str, int] = {}
    told = []
    begin = min((plan.first_data for plan in plans), default=date.min)
    cut = max((plan.cut for plan in plans), default=date.min)
    for span in spans:
        keys = [outcome.key for outcome in OUTCOMES if outcome.dataset == span.dataset]
        words = _WORDS[span.dataset]
        if span.newest is None or span.oldest is None:
            absent += keys
            told.append(f"The store holds nothing of {words}: they are not evaluated.")
        elif span.rows >= _ENOUGH_TO_JUDGE and span.newest.date() + span.silence < cut:
            absent += keys
            told.append(
                f"The data of {words} end on {day_words(span.newest.date())}, before the cut: they "
                "are not evaluated, because what has not arrived would look like a fall."
            )
        elif span.rows >= _ENOUGH_TO_JUDGE and span.oldest.date() - span.silence > begin:
            since |= dict.fromkeys(keys, day_number(span.oldest.date()))
            told.append(
                f"The data of {words} begin on {day_words(span.oldest.date())}: people on earlier "
                "lists are not used for them."
            )
    if not modes and "ambulance_arrivals" not in absent:
        absent.append("ambulance_arrivals")
        told.append(
            "No attendance says how the person came: A&E attendances by ambulance are not "
            "evaluated."
        )
    return Coverage(tuple(absent), since, tuple(told))
