"""The services that were needed and could not be found: one row a client, need and place comes in;
two short lists of clients that give nobody away go out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final, NamedTuple

from openhiu.disclosure import HIDDEN, SMALLEST_SHOWN
from openhiu.disclosure.protect import Publication
from openhiu.disclosure.tables import publish

__all__ = ["ELSEWHERE", "Gap", "Ledger", "ledger"]
ELSEWHERE: Final = "Elsewhere, or not known"
_MOST_PLACES: Final = 8
_ALL: Final = "all"
_OFF_BY: Final = 2  # what is rounded to the nearest 5 may be two more or two fewer
Count = int | str


class Gap(NamedTuple):
    """One client's need for which no service was found. `ref` is never in a result; `place` is
    empty where it is not known or may not be told.
    """

    ref: str
    need: str
    place: str


@dataclass(frozen=True)
class Ledger:
    """Clients as they may be seen: by need over all places, by place over all needs, and all.

    A client with several needs counts once in each, and once in the place and in all.
    """

    by_need: Mapping[str, Count] = field(default_factory=dict)
    by_place: Mapping[str, Count] = field(default_factory=dict)
    total: Count = 0


def ledger(gaps: Iterable[Gap]) -> Ledger:
    """Clients by need, and clients by place, in protected numbers.

    What was needed is told over all places alone: in a place of few, even a zero would tell of
    them. A place stands by itself from 8 different clients on, and only while those of all other
    places together are none or as many. Where no district does, areas may (the letters: "TS").
    """
    once = set(gaps)
    needs: dict[str, set[str]] = {}
    lived: dict[str, set[str]] = {}
    for gap in once:
        needs.setdefault(gap.need, set()).add(gap.ref)
        lived.setdefault(gap.ref, set()).add(gap.place)
    if not once:
        return Ledger()
    places = _districts_or_areas([min(some) if len(some) == 1 else "" for some in lived.values()])
    true = {_ALL: len(lived)}
    true |= {f"need {need}": len(clients) for need, clients in sorted(needs.items())}
    true |= {f"place {place}": count for place, count in places.items()}
    shown = publish(
        Publication(
            true,
            sums=[(_ALL, [f"place {place}" for place in places])],
            nested=[(f"need {need}", _ALL) for need in needs],
        )
    )
    by_need = {need: shown[f"need {need}"] for need in sorted(needs)}
    return Ledger(
        _with_enough_hidden(by_need, shown[_ALL]),
        {place: shown[f"place {place}"] for place in places},
        shown[_ALL],
    )


def _with_enough_hidden(by_need: Mapping[str, Count], total: Count) -> dict[str, Count]:
    """Everybody counted has a need: whoever the needs that are shown leave over must have one of
    the hidden. Where that says more of a star than that it is 5 to 7, a further need is hidden.
    """
    told = dict(by_need)
    stars = [need for need in told if told[need] == HIDDEN]
    numbers = {need: count for need, count in told.items() if isinstance(count, int)}
    most_small = SMALLEST_SHOWN - 1
    if stars and isinstance(total, int) and numbers:
        left = total - _OFF_BY - sum(count + _OFF_BY for count in numbers.values())
        if left - most_small * (len(stars) - 1) > most_small - 2:
            told[min(numbers, key=lambda need: (numbers[need], need))] = HIDDEN
    return told


def _districts_or_areas(lived: list[str]) -> dict[str, int]:
    """Clients by district; by area where no district stands by itself."""
    found = _places(lived)
    return found if found.keys() - {ELSEWHERE} else _places([_area(place) for place in lived])


def _area(place: str) -> str:
    """The letters a postcode begins with: TS of TS17."""
    return "".join(takewhile(str.isalpha, place))


def _places(lived: list[str]) -> dict[str, int]:
    """Clients by place; one list of those that stand by themselves, and everybody else."""
    count: dict[str, int] = {}
    for place in lived:
        count[place] = count.get(place, 0) + 1
    large = [place for place in count if place and count[place] >= SMALLEST_SHOWN]
    named = sorted(large, key=lambda place: (-count[place], place))[:_MOST_PLACES]
    elsewhere = len(lived) - sum(count[place] for place in named)
    while named and 0 < elsewhere < SMALLEST_SHOWN:
        elsewhere += count[named.pop()]
    told = {place: count[place] for place in sorted(named)}
    return told | ({ELSEWHERE: elsewhere} if elsewhere else {})
