"""Two months' lists become what changed: who is new, there again, back after a gap, or gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

Place = tuple[str, str]  # a list and a person's reference on it
NOT_LISTED_NOW = "Was on the list before and is not on this one."


@dataclass(frozen=True)
class Compared:
    """`change` by place ("new", "again", "returned"); `left` as list, person and reason."""

    change: Mapping[Place, str]
    left: list[tuple[str, str, str]]


def compare(now: Iterable[Place], earlier: Iterable[tuple[str, str, date]]) -> Compared:
    """What changed since the newest earlier list of the same hospital.

    Args:
        now: the places on the new list.
        earlier: places on earlier lists with the as-of date of each.

    A hospital without an earlier list is not compared: nobody on it is called new.
    """
    seen: dict[str, dict[date, set[str]]] = {}
    for list_id, person, as_of in earlier:
        seen.setdefault(list_id, {}).setdefault(as_of, set()).add(person)
    now = list(now)
    change = {}
    for list_id, person in now:
        if list_id in seen:
            change[list_id, person] = _change(seen[list_id], person)
    here = set(now)
    left = [
        (list_id, person, NOT_LISTED_NOW)
        for list_id, months in sorted(seen.items())
        for person in sorted(months[max(months)])
        if any(place == list_id for place, _ in now) and (list_id, person) not in here
    ]
    return Compared(change, left)


def _change(months: Mapping[date, set[str]], person: str) -> str:
    if person in months[max(months)]:
        return "again"
    return "returned" if any(person in there for there in months.values()) else "new"
