"""What is published of people in tiers, one publication after the other, for the disclosure room
to attack: counted units that add up come in; true counts and how they lean on each other go out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from openhiu.disclosure import SMALLEST_SHOWN
from openhiu.disclosure.protect import Publication
from openhiu.report.tiers import names
from openhiu.report.tiers.counted import Counted
from openhiu.report.tiers.names import ENTERED
from openhiu.report.tiers.plain import entries, newcomers, remaining
from openhiu.report.tiers.shape import PLACE, Tier
from openhiu.report.tiers.steps import BEFORE, NOW

YEARS: Final = (NOW, BEFORE)
MONTHS: Final = 12
# With more places than this, who went where is told of the area and of hospitals only.
PLACES_THAT_MOVE: Final = 8
# More than anybody comes in a year: what the top tier has no end at.
_OFTEN: Final = 2000.0
_ROUNDED: Final = 2.0


def moving(group: Sequence[Counted]) -> list[Counted]:
    """The units of which it is told who went where."""
    few = len(group) <= PLACES_THAT_MOVE + 1
    return [unit for unit in group if unit.kind != PLACE or few]


def of_people(group: Sequence[Counted], tiers: Sequence[Tier]) -> Publication:
    """Who was in which tier, when, who came into it, and who went where, of units that add up."""
    numbers = range(1, len(tiers) + 1)
    every = [0, *numbers]
    moves = [(was, now) for was in every for now in every if was or now]
    counts: dict[str, int] = {}
    sums: list[tuple[str, list[str]]] = []
    called: list[Callable[[Counted], str]] = [
        partial(names.people, which=which, tier=tier) for which in YEARS for tier in numbers
    ]
    called += [partial(names.entered, tier=tier) for tier in numbers]
    for unit in group:
        counts |= {names.people(unit, which, tier): unit.people(which, tier)
                   for which in YEARS for tier in numbers}  # fmt: skip
        counts |= {names.entered(unit, tier): sum(entries(unit, tier)) for tier in numbers}
    told = moving(group)
    for unit in told:
        _add_moves(unit, moves, counts, sums)
    if len(told) == len(group):
        called += [partial(names.new, tier=tier) for tier in numbers]
        called += [partial(names.moved, was=was, now=now) for was, now in moves]
    if len(group) > 1:
        sums += [(name(group[0]), [name(unit) for unit in group[1:]]) for name in called]
    # Somebody who is new in a tier has come into it.
    nested = [(names.new(unit, tier), names.entered(unit, tier))
              for unit in told for tier in numbers
              if counts[names.new(unit, tier)] <= counts[names.entered(unit, tier)]]  # fmt: skip
    known = {names.people(unit, NOW, tier) for unit in group for tier in numbers}
    # How many came from below is told wherever it is not small: nothing leans on hiding it.
    from_below = {names.moved(unit, 0, tier) for unit in told for tier in numbers}
    standing = {name for name in from_below if not 0 < counts[name] < SMALLEST_SHOWN}
    return Publication(counts, sums, nested, standing=frozenset(standing), exact=frozenset(known))


def _add_moves(
    unit: Counted, moves: Sequence[tuple[int, int]], counts: dict[str, int],
    sums: list[tuple[str, list[str]]],
) -> None:  # fmt: skip
    counts |= {names.moved(unit, was, now): unit.moved.get((was, now), 0) for was, now in moves}
    for tier in sorted({was for was, _ in moves} - {0}):
        counts[names.new(unit, tier)] = newcomers(unit, tier)
        into = [was for was, now in moves if now == tier]
        sums += [
            (names.people(unit, NOW, tier), [names.moved(unit, was, tier) for was in into]),
            (names.people(unit, BEFORE, tier),
             [names.moved(unit, was, now) for was, now in moves if was == tier]),
            (names.new(unit, tier), [names.moved(unit, was, tier) for was in into if was != tier]),
        ]  # fmt: skip


def bounds_of_again(
    unit: Counted, tier: int, shown: int, tiers: Sequence[Tier]
) -> list[tuple[Mapping[str, float], float]]:
    """What this year's attendances of last year's people, as shown, say of where these went:
    everybody in a tier came at least as often as it begins, and at most as often as it ends.
    """
    ends = {0: (0.0, tiers[0].least - 1.0)} | {
        number: (float(one.least), float(one.most or _OFTEN))
        for number, one in enumerate(tiers, start=1)
    }
    fewest = {names.moved(unit, tier, now): least for now, (least, _) in ends.items()}
    most = {names.moved(unit, tier, now): -most for now, (_, most) in ends.items()}
    return [(fewest, shown + _ROUNDED), (most, _ROUNDED - shown)]


def of_groups(
    units: Sequence[Counted], tier: int, dimension: str, told: Callable[[str], bool]
) -> tuple[Publication, frozenset[str]]:
    """The people of a tier by group, with the people themselves (named apart) where `told`."""
    found = {unit.code: names.parts(unit, tier, dimension) for unit in units}
    groups = list(dict.fromkeys(name for parts in found.values() for name in parts))
    counts = {names.part(unit, tier, dimension, name): found[unit.code].get(name, 0)
              for unit in units for name in groups}  # fmt: skip
    sums: list[tuple[str, list[str]]] = []
    whole = {unit.code: name for unit in units if told(name := names.people(unit, NOW, tier))}
    for unit in units:
        if unit.code in whole:
            counts[whole[unit.code]] = unit.people(NOW, tier)
            parts = [names.part(unit, tier, dimension, name) for name in groups]
            sums.append((whole[unit.code], parts))
    _add_up(units, sums, [partial(names.part, tier=tier, dimension=dimension, group=name)
                          for name in groups])  # fmt: skip
    known = frozenset(whole.values())
    return Publication(counts, sums, standing=known, exact=known), known


def of_months(
    units: Sequence[Counted], tier: int, told: Callable[[str], bool]
) -> tuple[Publication, frozenset[str]]:
    """Who came into a tier month by month, with all of the year; apart: hidden totals of years."""
    counts: dict[str, int] = {}
    sums: list[tuple[str, list[str]]] = []
    called: list[Callable[[Counted], str]] = [partial(names.entered, tier=tier)]
    for unit in units:
        found = names.months(unit, tier)
        parts = {names.part(unit, tier, ENTERED, month): count for month, count in found.items()}
        whole = names.entered(unit, tier)
        counts |= {whole: sum(found.values()), **parts}
        sums.append((whole, list(parts)))
    called += [partial(names.part, tier=tier, dimension=ENTERED, group=f"month {month}")
               for month in range(1, MONTHS + 1)]  # fmt: skip
    _add_up(units, sums, called)
    years = frozenset(names.entered(unit, tier) for unit in units)
    shown = frozenset(name for name in years if told(name))
    return Publication(counts, sums, standing=shown), years - shown


def of_stayers(units: Sequence[Counted], tier: int) -> Publication:
    """Who was in a tier at the start of the year, and still was at each month's end."""
    counts: dict[str, int] = {}
    nested: list[tuple[str, str]] = []
    months = range(MONTHS + 1)
    for unit in units:
        began, left = remaining(unit, tier)
        counts |= {names.still(unit, tier, month): n for month, n in enumerate([began, *left])}
        nested += [(names.still(unit, tier, month), names.still(unit, tier, 0))
                   for month in months if month]  # fmt: skip
    sums: list[tuple[str, list[str]]] = []
    _add_up(units, sums, [partial(names.still, tier=tier, month=month) for month in months])
    return Publication(counts, sums, nested)


def _add_up(
    units: Sequence[Counted], sums: list[tuple[str, list[str]]],
    called: Sequence[Callable[[Counted], str]],
) -> None:  # fmt: skip
    """The area is its places."""
    if len(units) > 1:
        sums += [(name(units[0]), [name(unit) for unit in units[1:]]) for name in called]
