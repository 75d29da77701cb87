"""The pages of the tiers: internal or publishable `Tiers` come in; a short report goes out, and
Table One of every hospital and place beside it.
"""

from __future__ import annotations

from typing import Final

from openhiu.paper.blocks import (
    Block,
    Bullets,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    Note,
    PageBreak,
    Paragraph,
    Table,
    Verdict,
)
from openhiu.report import printed
from openhiu.report.folder import Missing, missing_note
from openhiu.report.tiers import pictures, tables
from openhiu.report.tiers.shape import AREA, PLACE, SITE, Count, InTier, Tier, Tiers, Unit
from openhiu.report.tiers.words import amount, is_or_are, many, range_of, times, year_of

TITLE: Final = "High intensity use of A&E: people, contacts and costs by tier"
_EACH: Final = "Table One of each hospital and place"
MARKING: Final = "INTERNAL: exact counts of people, not to be handed on"
# Every unit has its own Table One in the second document, up to so many; beyond in the workbook.
MOST_UNITS: Final = 60
_PROTECTED: Final = (
    "Anybody may read this version: counts of 1 to 7 people are shown as *, all others to the "
    "nearest 5, and further numbers are hidden where a small one could be worked out. Averages and "
    "costs are worked out of the numbers shown: they tell nothing more, and are off where these "
    "are, each by up to 2. Minimum and maximum are the means of the eight people with fewest and "
    "with most contacts: one person's own number is not told."
)
_INTERNAL: Final = (
    "Internal version: exact counts, small ones too. Whoever needs numbers to hand on takes the "
    "folder named publishable."
)
_NO_SUM: Final = (
    "The hospitals do not add up to the area: somebody who comes to two hospitals counts at each "
    "by the attendances there, and in the area by all of them. Places do add up, whoever belongs "
    "to none of them under elsewhere: a person counts in one place, by all attendances."
)
_CAPACITY: Final = (
    "Costs are the average cost of so many contacts, in the prices named at the end. They are "
    "capacity that other people could have, not cash: one attendance fewer does not lower a bill."
)


def report(tiers: Tiers, missing: tuple[Missing, ...] = ()) -> Document:
    """The short report."""
    blocks: list[Block] = [
        *missing_note(missing),
        *_warnings(tiers),
        Heading("In short"),
        Verdict(tuple(short_lines(tiers)), strong=0),
        _key_figures(tiers),
        Paragraph(_PROTECTED if tiers.publishable else _INTERNAL, small=True),
        Heading(f"Table One: {tiers.area}, {year_of(tiers.year)}"),
        *tables.table_one(tiers, tiers.whole),
        Paragraph(_note_of_people(tiers), small=True),
        PageBreak(),
        Heading("What it costs"),
        Paragraph(_CAPACITY),
        tables.costs(tiers, tiers.whole),
        *_time(tiers),
        Heading("Who they are"),
        tables.who(tiers, tiers.whole),
        *_units(tiers),
        Heading("How this was counted"),
        Bullets(tiers.counting),
        tables.prices(tiers),
    ]
    return _document(tiers, TITLE, blocks)


def each_unit(tiers: Tiers) -> Document | None:
    """Table One of every hospital and place, one after the other; nothing where there is none."""
    units = [*tiers.places, *tiers.sites][:MOST_UNITS]
    if not units:
        return None
    blocks: list[Block] = [Paragraph(_PROTECTED if tiers.publishable else _INTERNAL)]
    blocks.append(Paragraph(_NO_SUM))
    for number, unit in enumerate(units):
        blocks += [PageBreak()] if number and number % 2 == 0 else []
        blocks += [Heading(f"{unit.name}, {year_of(tiers.year)}"), *tables.table_one(tiers, unit)]
    left = len(tiers.places) + len(tiers.sites) - len(units)
    if left:
        blocks.append(Paragraph(f"{left} more are in the workbook."))
    return _document(tiers, _EACH, blocks)


def short_lines(tiers: Tiers) -> list[str]:
    """The answer in three or four sentences."""
    top, found = tiers.top, tiers.whole.tiers[tiers.top.key]
    others = [(tier, tiers.whole.tiers[tier.key]) for tier in tiers.tiers[:-1]]
    return [
        f"In {year_of(tiers.year)}, {_of_top(found, top)}",
        " ".join(_of_others(one, tier) for tier, one in reversed(others)),
        *_of_time(found, top),
    ]


def _of_top(found: InTier, top: Tier) -> str:
    if found.people.total == 0:
        return f"nobody came to A&E {times(top)}."
    days = found.bed_days.total
    return (
        f"{many(found.people.total, 'person', 'people')} came to A&E {times(top)}: "
        f"{many(found.attendances.total, 'attendance')}, "
        f"{many(found.emergency_admissions.total, 'emergency admission')}"
        + (f", {many(days, 'bed day')}" if days is not None else "")
        + f", at a cost of {amount(found.cost.total)}."
    )


def _of_others(found: InTier, tier: Tier) -> str:
    if found.people.total == 0:
        return f"Nobody came {tier.label} times."
    people = printed.capital(many(found.people.total, "person", "people"))
    said = f"{many(found.attendances.total, 'attendance')}, {amount(found.cost.total)}"
    return f"{people} came {tier.label} times ({said})."


def _of_time(found: InTier, top: Tier) -> list[str]:
    told = []
    if found.moved is not None and found.before is not None and found.before.people:
        stayed, new = found.moved.to.get(top.key), found.moved.new
        told.append(
            f"Of the {many(found.before.people, 'person', 'people')} of the top tier in the year "
            f"before, {_so_many(stayed)} in it again; {_so_many(new)} new in it."
        )
    if found.forecast is not None:
        expected = found.forecast.people
        nobody = found.people.total == 0
        people = "person is" if expected.expected == expected.high == 1 else "people are"
        told.append(
            f"Next year {range_of(expected)} {people} to be expected there"
            + ("." if nobody else ", because people leave by themselves and others come.")
        )
    return told


def _so_many(count: Count) -> str:
    """A hidden number is not called small: it may be hidden to protect others."""
    return "a number not shown are" if count == "*" else f"{many(count)} {is_or_are(count)}"


def _key_figures(tiers: Tiers) -> KeyFigures:
    found = tiers.whole.tiers[tiers.top.key]
    at_all = f"{tiers.top.label} attendances in {year_of(tiers.year)}"
    figures = [
        KeyFigure(_star(found.people.total), "people in the top tier", at_all),
        KeyFigure(_star(found.attendances.total), "attendances by them", at_all),
        KeyFigure(amount(found.cost.total), "the cost of their contacts", "capacity, not cash"),
    ]
    return KeyFigures(tuple(figures))


def _star(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value or "0")


def _warnings(tiers: Tiers) -> list[Block]:
    if not tiers.warnings:
        return []
    return [Note("To be read before the numbers", tiers.warnings, warning=True)]


def _note_of_people(tiers: Tiers) -> str:
    return (
        "Attendances, emergency admissions and bed days: the fewest, the most and the average of "
        "one person. People: the fewest, the most and the average of one hospital"
        + (", and the total of the whole area. " if len(tiers.sites) > 1 else ". ")
        + "Stays in any hospital count, wherever the person came to A&E."
    )


def _time(tiers: Tiers) -> list[Block]:
    """The year before and what to expect; a sentence where there is no year before."""
    heading = Heading("The year before, and the next")
    if tiers.year_before is None:
        return [heading, Paragraph(
            "The data do not hold the whole year before: nothing is told of it, of who stayed, or "
            "of what to expect."
        )]  # fmt: skip
    blocks: list[Block] = [heading, tables.moved(tiers, tiers.whole)]
    return [*blocks, *pictures.forecast(tiers, tiers.whole)]


def _units(tiers: Tiers) -> list[Block]:
    blocks: list[Block] = []
    if tiers.places:
        blocks.append(tables.across(tiers, tiers.places, "Places"))
    if len(tiers.sites) > 1:
        blocks.append(tables.across(tiers, tiers.sites[:MOST_UNITS], "Hospitals"))
    if not blocks:
        return []
    words = Paragraph(_NO_SUM, small=True)
    return [Heading("Places and hospitals" if tiers.places else "Hospitals"), *blocks, words]


def _document(tiers: Tiers, title: str, blocks: list[Block]) -> Document:
    return Document(
        title=title,
        subtitle=f"{tiers.area}, {year_of(tiers.year)}",
        organisation=tiers.area,
        made_for=tiers.as_of,
        summary=short_lines(tiers)[0],
        facts=(
            f"OpenHIU {tiers.openhiu}",
            f"data up to {printed.day(tiers.cut_off)}" if tiers.cut_off else "data end not known",
            "publishable version" if tiers.publishable else "INTERNAL",
        ),
        blocks=tuple(blocks),
        compact=True,
        marking="" if tiers.publishable else MARKING,
    )


def every_table(tiers: Tiers) -> tuple[Table, ...]:
    """What only the workbook holds: Table One of every unit, who came in when, and who stayed."""
    units: list[Unit] = [
        *(unit for kind in (AREA, PLACE, SITE) for unit in tiers.units if unit.kind == kind)
    ]
    return (
        tables.all_of_table_one(tiers, units),
        tables.months(tiers, units),
        tables.stays(tiers, units),
        tables.groups(tiers, units),
        tables.sources(tiers),
    )
