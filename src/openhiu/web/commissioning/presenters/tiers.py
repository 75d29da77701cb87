"""Tiers as a page shows them: Table One of every unit, with the year before and what to expect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from openhiu.report.tiers.shape import AREA, PLACE, SITE, InTier, Range, Tiers, Unit
from openhiu.web.commissioning.making.blocks import Drawn
from openhiu.web.commissioning.models import Tiers as Delivered

_LINES: Final = (
    ("people", "People"), ("attendances", "Attendances"),
    ("emergency_admissions", "Emergency admissions"), ("bed_days", "Bed days"),
)  # fmt: skip
_KINDS: Final = {AREA: "Whole area", PLACE: "Place", SITE: "Hospital"}
_NOTHING: Final = "–"  # noqa: RUF001 - what stands in a cell that holds no value


@dataclass(frozen=True)
class OneUnit:
    """The area, a place or a hospital: what it is called, and its tables."""

    code: str
    name: str
    kind: str
    facts: tuple[str, ...]
    tables: tuple[Drawn, ...]


@dataclass(frozen=True)
class TiersPage:
    """The whole page: what can be chosen, and what was."""

    units: tuple[tuple[str, str, str], ...]
    chosen: OneUnit
    compared: Drawn
    counting: tuple[str, ...]
    prices: tuple[str, ...]
    warnings: tuple[str, ...]


def tiers_page(tiers: Tiers, code: str) -> TiersPage:
    """The tables of one unit; the area's where none or an unknown one is named."""
    chosen = next((unit for unit in tiers.units if unit.code == code), tiers.whole)
    return TiersPage(
        tuple((unit.code, unit.name, _KINDS[unit.kind]) for unit in tiers.units),
        OneUnit(chosen.code, chosen.name, _KINDS[chosen.kind], _facts(chosen),
                tuple(_tables(tiers, chosen))),
        _side_by_side(tiers),
        tiers.counting,
        tuple(f"{one.words}: £{one.gbp:,.0f}, {one.price_year} prices. {one.source}"
              for one in tiers.prices),
        tiers.warnings,
    )  # fmt: skip


def received(tiers: Delivered) -> str:
    """What became of a delivery, in one sentence."""
    told = f"Tiers taken in: {tiers.area}, {tiers.year}."
    if tiers.older_than_last:
        told += " They are older than those before."
    if tiers.left_out:
        told += " Other files of the folder were not kept: documents are made here."
    return told


def _facts(unit: Unit) -> tuple[str, ...]:
    said = (
        f"{unit.population:,} people live there" if unit.population else "",
        _leads(unit.leads),
        unit.service or "",
    )
    return tuple(one for one in said if one)


def _leads(leads: float | None) -> str:
    return "" if leads is None else f"{leads:g} {'lead' if leads == 1 else 'leads'} in post"


def _tables(tiers: Tiers, unit: Unit) -> list[Drawn]:
    found = [_table_one(tiers, unit, key) for key in reversed([t.key for t in tiers.tiers])]
    return [*found, _in_time(tiers, unit), _costs(tiers, unit)]


def _table_one(tiers: Tiers, unit: Unit, key: str) -> Drawn:
    tier, found = tiers.tier(key), unit.tiers[key]
    rows = []
    for name, said in _LINES:
        spread = getattr(found, name)
        cells = (spread.least, spread.most, spread.mean, spread.total)
        rows.append([said, *(shown(cell) for cell in cells)])
    note = ("People: the fewest, most and mean of a hospital" if unit.kind != SITE else
            "Minimum, maximum and average are for one person")  # fmt: skip
    return Drawn(
        f"People with {tier.label} attendances, {tiers.year.name}",
        ["", "Minimum", "Maximum", "Average", "Total"], rows, note, frozenset({1, 2, 3, 4}),
    )  # fmt: skip


def _in_time(tiers: Tiers, unit: Unit) -> Drawn:
    before = tiers.year_before.name if tiers.year_before else "the year before"
    rows = []
    for tier in reversed(tiers.tiers):
        found = unit.tiers[tier.key]
        rows.append([
            f"{tier.label} attendances",
            shown(found.before.people if found.before else None),
            shown(found.people.total),
            expected(found),
        ])  # fmt: skip
    return Drawn(
        "People in each tier: the year before, this year and the next", ["Tier", before.capitalize()
        if not before[:1].isdigit() else before, tiers.year.name, "Expected next year (range)"],
        rows, "What is expected allows for people who leave a tier by themselves.",
        frozenset({1, 2, 3}),
    )  # fmt: skip


def _costs(tiers: Tiers, unit: Unit) -> Drawn:
    rows = []
    for tier in reversed(tiers.tiers):
        cost = unit.tiers[tier.key].cost
        cells = (cost.attendances, cost.emergency_admissions, cost.total)
        rows.append([f"{tier.label} attendances", *(pounds(cell) for cell in cells)])
    return Drawn(
        f"What this cost, {tiers.year.name}",
        ["Tier", "Attendances", "Emergency admissions", "Together"], rows,
        "Capacity at national prices, not money that would be paid back.", frozenset({1, 2, 3}),
    )  # fmt: skip


def _side_by_side(tiers: Tiers) -> Drawn:
    top = tiers.top
    rows = [
        [unit.name, _KINDS[unit.kind], *(shown(getattr(unit.tiers[top.key], key).total)
                                         for key, _ in _LINES)]
        for unit in tiers.units
    ]  # fmt: skip
    return Drawn(
        f"People with {top.label} attendances, side by side",
        ["", "Kind", *(said for _, said in _LINES)], rows,
        "A person counts in one place and in every hospital where they come often enough, so the "
        "rows do not add up.", frozenset({2, 3, 4, 5}),
    )  # fmt: skip


def expected(found: InTier) -> str:
    """What is to be expected of a tier, with its range."""
    if found.forecast is None:
        return _NOTHING
    people: Range = found.forecast.people
    return f"{shown(people.expected)} ({shown(people.low)} to {shown(people.high)})"


def shown(value: object) -> str:
    """A count or a mean as people read it."""
    if value is None:
        return _NOTHING
    if isinstance(value, float):
        return f"{value:,.1f}".removesuffix(".0")
    return f"{value:,}" if isinstance(value, int) else str(value)


def pounds(value: object) -> str:
    """Pounds without pence."""
    if isinstance(value, int | float):
        return f"£{value:,.0f}"
    return shown(value)
