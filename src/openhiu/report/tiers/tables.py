"""The tables of the tiers: units of `Tiers` come in; Table One in the shape that the national model
specification has, and what stands beside it, go out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from openhiu.paper.blocks import Cell, Table
from openhiu.report import printed
from openhiu.report.tiers.shape import (
    AREA,
    BELOW,
    PLACE,
    Count,
    InTier,
    Number,
    Spread,
    Tier,
    Tiers,
    Unit,
)
from openhiu.report.tiers.words import times, year_of

_LINES: Final = (
    ("People", "people"),
    ("Attendances", "attendances"),
    ("Emergency admissions", "emergency_admissions"),
    ("Bed days", "bed_days"),
)
_COLUMNS: Final = ("Minimum", "Maximum", "Average", "Total")
_KINDS: Final = {AREA: "Area", PLACE: "Place"}
_HALF: Final = (3.0, 1.0, 1.0, 1.0, 1.1, 1.2)


def table_one(tiers: Tiers, unit: Unit) -> list[Table]:
    """A table a tier, the top one first: people and contacts by minimum, maximum, average and
    total, with the total of the year before where there is one.
    """
    return [_tier(tiers, unit, tier) for tier in reversed(tiers.tiers)]


def _tier(tiers: Tiers, unit: Unit, tier: Tier) -> Table:
    found = unit.tiers[tier.key]
    before = tiers.year_before if found.before else None
    rows = []
    for name, key in _LINES:
        spread: Spread = getattr(found, key)
        last = (getattr(found.before, key),) if found.before else ()
        rows.append((name, *_ends(spread), spread.total, *last))
    return Table(
        f"People who came {times(tier)}: {unit.name}",
        (f"Who came {times(tier)}", *_COLUMNS, *((f"Total {before.name}",) if before else ())),
        tuple(rows),
        widths=_HALF[: 6 if before else 5],
        sheet=f"{unit.code} {tier.key}",
    )


def _ends(spread: Spread) -> tuple[Cell, Cell, Cell]:
    return _whole(spread.least), _whole(spread.most), spread.mean


def _whole(number: Number) -> Cell:
    """Without decimals where there are none."""
    whole = isinstance(number, float) and number == int(number)
    return int(number) if whole and isinstance(number, float) else number


def costs(tiers: Tiers, unit: Unit) -> Table:
    """What the contacts of each tier cost."""
    rows = []
    for tier in reversed(tiers.tiers):
        found = unit.tiers[tier.key]
        cost = found.cost
        last = (_pounds(found.before.cost),) if found.before else ()
        rows.append((
            printed_label(tier), _pounds(cost.attendances), _pounds(cost.emergency_admissions),
            _pounds(cost.total), _a_person(found), *last,
        ))  # fmt: skip
    name = tiers.year_before.name if tiers.year_before else ""
    before = (f"Total {name}",) if unit.tiers[tiers.top.key].before else ()
    columns = ("Attendances in the year", "A&E attendances", "Emergency admissions", "Total",
               "A person", *before)  # fmt: skip
    return Table(f"Cost of their contacts: {unit.name}", columns, tuple(rows), sheet="Costs")


def printed_label(tier: Tier) -> str:
    """A tier as the first cell of a row."""
    return tier.label[:1].upper() + tier.label[1:]


def _pounds(number: Number) -> Cell:
    if number is None or isinstance(number, str):
        return number
    return f"£{round(number, -2):,.0f}"


def _a_person(found: InTier) -> Cell:
    """What is shown divided by what is shown."""
    people, total = found.people.total, found.cost.total
    if "*" in (people, total):
        return "*"
    if not isinstance(people, int) or not isinstance(total, int | float) or not people:
        return None
    return _pounds(total / people)


def moved(tiers: Tiers, unit: Unit) -> Table:
    """Where the people of the year before are now."""
    keys = [tier.key for tier in reversed(tiers.tiers)]
    rows = []
    for tier in reversed(tiers.tiers):
        found = unit.tiers[tier.key].moved
        if found is not None:
            to = [found.to.get(key) for key in (*keys, BELOW)]
            rows.append((printed_label(tier), found.of, *to, found.new))
    labels = [tier.label for tier in reversed(tiers.tiers)]
    return Table(
        "Where the people of the year before are now",
        ("Tier in the year before", "People", *(f"Now {label}" for label in labels),
         "Below 5, or died", "New in this tier"),
        tuple(rows),
        note="New: in the tier this year, and not in it the year before.",
        sheet="Moved",
    )  # fmt: skip


def expected(tiers: Tiers, unit: Unit) -> Table:
    """What to expect of the next year."""
    rows = []
    for tier in reversed(tiers.tiers):
        found, one = unit.tiers[tier.key].forecast, unit.tiers[tier.key]
        if found is not None:
            rows.append((
                printed_label(tier), one.people.total, *map(_whole, vars(found.people).values()),
                found.if_all_stayed, *map(_whole, vars(found.attendances).values()),
            ))  # fmt: skip
    return Table(
        "What to expect of the next year",
        ("Tier", "People this year", "People expected", "Low", "High", "If nobody left",
         "Attendances expected", "Low ", "High "),
        tuple(rows), sheet="Forecast",
    )  # fmt: skip


def who(tiers: Tiers, unit: Unit) -> Table:
    """Deprivation, age and sex of each tier."""
    order = list(reversed(tiers.tiers))
    found = [unit.tiers[tier.key] for tier in order]
    rows: list[tuple[Cell, ...]] = []
    names = {"imd": "Deprivation fifth", "age": "Age", "sex": "Sex"}
    for dimension, name in names.items():
        groups = list(dict.fromkeys(key for one in found for key in getattr(one, dimension)))
        rows += [
            (f"{name}: {_group(dimension, key)}",
             *(getattr(one, dimension).get(key, 0) for one in found))
            for key in groups
        ]  # fmt: skip
    if any(one.priority is not None for one in found):
        rows.append(("Lives in a priority ward", *(one.priority for one in found)))
    return Table(
        "People by deprivation, age and sex",
        ("Group", *(printed_label(tier) for tier in order)), tuple(rows), sheet="Who",
    )  # fmt: skip


def _group(dimension: str, key: str) -> str:
    if dimension == "imd" and key in ("1", "5"):
        return f"{key} ({'most' if key == '1' else 'least'} deprived)"
    return key


def across(tiers: Tiers, units: Sequence[Unit], caption: str) -> Table:
    """Places or hospitals side by side."""
    order = list(reversed(tiers.tiers))
    top = tiers.top.key
    rows = []
    for unit in units:
        found = unit.tiers[top]
        before = found.before.people if found.before else None
        rows.append((
            unit.name, *(unit.tiers[tier.key].people.total for tier in order), before,
            found.attendances.total, found.emergency_admissions.total, _pounds(found.cost.total),
        ))  # fmt: skip
    columns = (
        "Name", *(f"People {tier.label}" for tier in order), "Top tier, year before",
        "Attendances, top tier", "Emergency admissions, top tier", "Cost, top tier",
    )  # fmt: skip
    return Table(f"{caption}, {year_of(tiers.year)}", columns, tuple(rows), sheet=caption,
                 widths=(2.4, 1, 1, 1, 1, 1.2, 1.2, 1.2))  # fmt: skip


def prices(tiers: Tiers) -> Table:
    """What was paid with, and who says so."""
    rows = [(printed.capital(one.words), f"£{one.gbp:,.2f}", one.price_year, one.source)
            for one in tiers.prices]  # fmt: skip
    return Table("Prices", ("Contact", "Price", "Year", "Source"), tuple(rows),
                 widths=(2, 0.9, 0.9, 3.4), sheet="Prices")  # fmt: skip


def all_of_table_one(tiers: Tiers, units: Sequence[Unit]) -> Table:
    """Every unit, tier and line in one table, for a spreadsheet."""
    rows = []
    for unit in units:
        for tier in reversed(tiers.tiers):
            found = unit.tiers[tier.key]
            for name, key in _LINES:
                spread: Spread = getattr(found, key)
                last = getattr(found.before, key) if found.before else None
                rows.append((_KINDS.get(unit.kind, "Hospital"), unit.code, unit.name, tier.label,
                             name, *_ends(spread), spread.total, last))  # fmt: skip
    columns = ("Kind", "Code", "Name", "Tier", "Line", *_COLUMNS, "Total of the year before")
    return Table("Table One of every unit", columns, tuple(rows), sheet="Table One")


def months(tiers: Tiers, units: Sequence[Unit]) -> Table:
    """Who came into each tier, month by month."""
    named = next((one.entered for unit in units for one in unit.tiers.values() if one.entered), ())
    rows = []
    for unit in units:
        for tier in reversed(tiers.tiers):
            entered: list[Count] = [people for _, people in unit.tiers[tier.key].entered]
            if entered:
                rows.append((unit.code, unit.name, tier.label, *entered))
    return Table(
        "People who came into a tier, by month", ("Code", "Name", "Tier", *(m for m, _ in named)),
        tuple(rows), sheet="Came in",
        note="A month counts whoever was not in the tier at the end of the month before, by the 12 "
        "months up to then, and was at its own end.",
    )  # fmt: skip


def stays(tiers: Tiers, units: Sequence[Unit]) -> Table:
    """The share still in the tier, month by month."""
    rows = []
    for unit in units:
        for tier in reversed(tiers.tiers):
            shares = unit.tiers[tier.key].stays
            if shares:
                told = (None if share is None else f"{100 * share:.0f}%" for share in shares)
                rows.append((unit.code, unit.name, tier.label, *told))
    months_later = tuple(f"After {month}" for month in range(1, 13)) if rows else ()
    return Table("Share still in the tier so many months after the start of the year",
                 ("Code", "Name", "Tier", *months_later), tuple(rows), sheet="Stayed")  # fmt: skip


def groups(tiers: Tiers, units: Sequence[Unit]) -> Table:
    """Deprivation, age and sex of every unit and tier."""
    rows = []
    for unit in units:
        for tier in reversed(tiers.tiers):
            found = unit.tiers[tier.key]
            for name in ("imd", "age", "sex"):
                rows += [(unit.code, unit.name, tier.label, name, group, people)
                         for group, people in getattr(found, name).items()]  # fmt: skip
    return Table("People by group of every unit", ("Code", "Name", "Tier", "By", "Group", "People"),
                 tuple(rows), sheet="Groups")  # fmt: skip


def sources(tiers: Tiers) -> Table:
    """The files the data came from."""
    rows = [(str(one.get("file", "")), str(one.get("dataset", "")), str(one.get("sha256", "")))
            for one in tiers.sources]  # fmt: skip
    return Table("Made from", ("File", "Data set", "SHA-256"), tuple(rows), sheet="Made from")
