"""Whom the service reached: journeys come in; how many of each group were listed, asked, said yes,
started, stepped back and came back go out, as they may be shown.

Fairness is lost before any outcome: whoever is not asked cannot be helped. So each step is held
against the list itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from openhiu.disclosure import disclose, disclose_steps, shown_share
from openhiu.evaluate.dimensions import (
    CORE20_GROUP,
    DIMENSIONS,
    Dimension,
    group_of,
    in_order,
    known,
)
from openhiu.evaluate.rows import Journey

Count = int | str


@dataclass(frozen=True)
class Step:
    """A step of the journey; each holds some of the people of the one before."""

    key: str
    words: str


STEPS: Final = (
    Step("listed", "On the list"),
    Step("offered", "Asked"),
    Step("said_yes", "Said yes"),
    Step("started", "Started"),
    Step("stepped_back", "Stepped back"),
    Step("returned", "Came back"),
)
_SITE: Final = "Hospital"
NOTES: Final = (
    "1 to 7 people are shown as *, other counts to the nearest 5.",
    "A second number is hidden where one alone could be worked out.",
    "Percentages are of the numbers shown.",
    "A person listed at two hospitals counts at each.",
)


def reach(journeys: Sequence[Journey], plus: Sequence[str] = ()) -> dict[str, Any]:
    """Every step for everybody and for each group of each dimension.

    `of_listed` is the percentage of the listed who came as far as a step, `share` the percentage
    of a step that a group makes up: a fair service has the same share at every step.
    """
    listed = [journey for journey in journeys if journey.first_listed is not None]
    found = [d for d in DIMENSIONS if known(listed, d)]
    counted = {d.words: _counted(listed, [group_of(j, d) for j in listed]) for d in found}
    if len({journey.site for journey in listed}) > 1:
        counted[_SITE] = _counted(listed, [journey.site for journey in listed])
    totals = [sum(_reached(j)[step] for j in listed) for step in range(len(STEPS))]
    shown, all_shown = disclose_steps(counted, totals)
    unlisted = [j for j in journeys if j.first_listed is None and j.started is not None]
    return {
        "steps": [{"key": step.key, "words": step.words} for step in STEPS],
        "all": _group("Everybody", all_shown, all_shown),
        "by": [
            _dimension(words, counts, all_shown, next((d for d in found if d.words == words), None))
            for words, counts in shown.items()
        ],
        "not_known": [d.words for d in DIMENSIONS if d not in found],
        "supported_without_being_listed": disclose(len(unlisted)),
        "core20plus5": {"core20": CORE20_GROUP, "plus": list(plus)},
        "notes": list(NOTES),
    }


def _counted(journeys: Sequence[Journey], groups: Sequence[str]) -> dict[str, list[int]]:
    counts = {group: [0] * len(STEPS) for group in in_order(set(groups))}
    for journey, group in zip(journeys, groups, strict=True):
        for step, reached in enumerate(_reached(journey)):
            counts[group][step] += reached
    return counts


def _reached(journey: Journey) -> tuple[bool, ...]:
    """Which steps somebody on the list came to. A later step says that the earlier were taken."""
    returned = journey.returned is not None
    stepped_back = returned or journey.stepped_back is not None
    started = stepped_back or journey.started is not None
    said_yes = started or journey.said_yes is True
    offered = said_yes or journey.said_yes is not None or journey.offered is not None
    return True, offered, said_yes, started, stepped_back, returned


def _dimension(
    words: str, groups: dict[str, list[Count]], everybody: list[Count], dimension: Dimension | None
) -> dict[str, Any]:
    return {
        "dimension": words,
        "core20plus5": dimension.part if dimension else "",
        "groups": [_group(group, counts, everybody) for group, counts in groups.items()],
    }


def _group(name: str, counts: list[Count], everybody: list[Count]) -> dict[str, Any]:
    keys = [step.key for step in STEPS]
    return {
        "group": name,
        "core20": name == CORE20_GROUP,
        "people": dict(zip(keys, counts, strict=True)),
        "of_listed": {k: shown_share(n, counts[0]) for k, n in zip(keys, counts, strict=True)},
        "share": {
            key: shown_share(count, whole)
            for key, count, whole in zip(keys, counts, everybody, strict=True)
        },
    }
