"""Counts as they are, for the internal version: what was counted comes in; the numbers themselves
go out. `protected.Protected` answers the same questions for everybody else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from openhiu.report.tiers.counted import AGES, DIMENSIONS, IMD, SEXES, Counted
from openhiu.report.tiers.shape import Count, Number, Range

_GROUPS: Mapping[str, Sequence[str]] = dict(
    zip(DIMENSIONS, (IMD, AGES, SEXES, ("yes", "no")), strict=True)
)


class Lens(Protocol):
    """How numbers may be looked at."""

    publishable: bool

    def seen(self, unit: Counted) -> tuple[Count, Count]:
        """Everyone who came in the year, and how often."""
        ...

    def people(self, unit: Counted, which: str, tier: int) -> Count:
        """How many people were in the tier."""
        ...

    def moved(self, unit: Counted, was: int, now: int) -> Count:
        """How many went from one tier to another."""
        ...

    def new(self, unit: Counted, tier: int) -> Count:
        """How many are in the tier who were not."""
        ...

    def total(self, unit: Counted, which: str, tier: int, measure: str) -> Count:
        """All their contacts of a kind."""
        ...

    def ends(self, unit: Counted, tier: int, measure: str) -> tuple[Number, Number]:
        """The fewest and the most a person had in the year."""
        ...

    def mean(self, unit: Counted, tier: int, measure: str) -> Number:
        """What a person had in the year on average."""
        ...

    def parts(self, unit: Counted, tier: int, dimension: str) -> dict[str, Count]:
        """The people of a tier by group."""
        ...

    def again(self, unit: Counted, tier: int) -> tuple[Count, Count]:
        """This year's attendances and emergency admissions of last year's people."""
        ...

    def entered_in_year(self, unit: Counted, tier: int) -> Count:
        """How many came into the tier in the year."""
        ...

    def stars(self, unit: Counted, tier: int, keys: Mapping[int, str], /) -> dict[str, str]:
        """Which hidden numbers are FEW and which are MANY, where that may be told."""
        ...

    def entered(self, unit: Counted, tier: int) -> list[Count]:
        """How many came into the tier in each month."""
        ...

    def stays(self, unit: Counted, tier: int) -> tuple[float | None, ...]:
        """The share still in the tier after 1 to 12 months."""
        ...

    def range(self, found: tuple[float, float, float]) -> Range:
        """An expected number with its low and high."""
        ...


class Plain:
    """Everything as it is."""

    publishable = False

    def seen(self, unit: Counted) -> tuple[Count, Count]:
        """Everyone who came in the year, and how often; nothing is known of a place."""
        return unit.seen.get("now", (None, None))

    def people(self, unit: Counted, which: str, tier: int) -> Count:
        """How many people were in the tier."""
        return unit.people(which, tier)

    def moved(self, unit: Counted, was: int, now: int) -> Count:
        """How many went from one tier to another."""
        return unit.moved.get((was, now), 0)

    def new(self, unit: Counted, tier: int) -> Count:
        """How many are in the tier who were not."""
        return newcomers(unit, tier)

    def total(self, unit: Counted, which: str, tier: int, measure: str) -> Count:
        """All their contacts of a kind."""
        return unit.total(which, tier, measure)

    def ends(self, unit: Counted, tier: int, measure: str) -> tuple[Number, Number]:
        """The fewest and the most a person had in the year."""
        values = unit.of("now", tier, measure)
        return (float(min(values)), float(max(values))) if values else (None, None)

    def mean(self, unit: Counted, tier: int, measure: str) -> Number:
        """What a person had in the year on average."""
        return mean_of(unit, tier, measure)

    def parts(self, unit: Counted, tier: int, dimension: str) -> dict[str, Count]:
        """The people of a tier by group."""
        return dict(groups_of(unit, tier, dimension))

    def again(self, unit: Counted, tier: int) -> tuple[Count, Count]:
        """This year's attendances and emergency admissions of last year's people."""
        return unit.again.get(tier, (0, 0))

    def entered_in_year(self, unit: Counted, tier: int) -> Count:
        """How many came into the tier in the year."""
        return sum(entries(unit, tier))

    def stars(self, _unit: Counted, _tier: int, _keys: Mapping[int, str]) -> dict[str, str]:
        """Nothing is hidden here."""
        return {}

    def entered(self, unit: Counted, tier: int) -> list[Count]:
        """How many came into the tier in each month."""
        return [*entries(unit, tier)]

    def stays(self, unit: Counted, tier: int) -> tuple[float | None, ...]:
        """The share still in the tier after 1 to 12 months."""
        began, still = remaining(unit, tier)
        return tuple(round(left / began, 3) if began else None for left in still)

    def range(self, found: tuple[float, float, float]) -> Range:
        """An expected number with its low and high."""
        return Range(*found)


def newcomers(unit: Counted, tier: int) -> int:
    """How many are in the tier who were not."""
    return sum(n for (was, now), n in unit.moved.items() if now == tier and was != tier)


def groups_of(unit: Counted, tier: int, dimension: str) -> dict[str, int]:
    """Every group of a dimension with its people; "under 18" only if there is somebody."""
    found = unit.groups.get(tier, {}).get(dimension, {})
    always = [group for group in _GROUPS[dimension] if group != AGES[0] or found.get(group)]
    return {group: found.get(group, 0) for group in always}


def entries(unit: Counted, tier: int) -> list[int]:
    """How many came into the tier in each of the twelve months."""
    row = unit.through.get(tier, {})
    return [row.get(f"entered_{month:02d}", 0) for month in range(1, 13)]


def remaining(unit: Counted, tier: int) -> tuple[int, list[int]]:
    """How many were in the tier at the start of the year, and were still at each month's end."""
    row = unit.through.get(tier, {})
    return row.get("began", 0), [row.get(f"still_{month:02d}", 0) for month in range(1, 13)]


def mean_of(unit: Counted, tier: int, measure: str) -> Number:
    """What a person had in the year on average; of nobody there is none."""
    people = unit.people("now", tier)
    return round(unit.total("now", tier, measure) / people, 1) if people else None
