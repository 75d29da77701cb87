"""How every place stands comes in; the tables of it go out: a short one for print, whole ones for
the workbook.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from openhiu.paper.blocks import Cell, Table
from openhiu.report import printed
from openhiu.report.reach import words
from openhiu.report.reach.inequalities import rate, share
from openhiu.report.reach.shape import Line, Reach, Standing

LAST: Final = 3
_NOTE: Final = (
    "Counts from 1 to 7 are shown as *, others to the nearest 5; rates are of what is shown. "
    "People in the tiers came 5 times or more. Within a year: the share of the top tier that the "
    "leads in post can ask."
)


def printed_table(units: Sequence[Standing], caption: str, rows: int) -> Table:
    """The places with most people beyond reach, and the last few where there are many."""
    shown = _shown(units, rows)
    waiting = any(one.waiting for one in shown)
    columns = ["Rank and name", "Service", "Leads", "Top tier", "Leads per 100 of it",
               "Leads per 1,000 in the tiers", "Within a year", "Beyond reach"]  # fmt: skip
    left = len(units) - len(shown)
    which = f"the first {rows} and the last {LAST} of {len(units)}" if left else "all"
    return Table(
        f"{caption}, {which}" if left else caption,
        (*columns, *(("Waiting",) if waiting else ())),
        tuple((*_row(one), *((_waits(one),) if waiting else ())) for one in shown),
        note=_NOTE + (f" The other {left} are in the workbook." if left else ""),
        decimals=2, widths=(2.5, 1.3, 0.75, 0.75, 0.95, 1, 0.9, 0.9, *((1.4,) if waiting else ())),
        sheet=caption,
    )  # fmt: skip


def _shown(units: Sequence[Standing], rows: int) -> Sequence[Standing]:
    return units if len(units) <= rows + LAST else [*units[:rows], *units[-LAST:]]


def _row(one: Standing) -> tuple[Cell, ...]:
    return (
        f"{one.rank}. {one.name}", words.service(one), _leads(one), printed.cell(one.top),
        rate(one.leads_per_100_top), _per_1000(one), share(one.within_reach), _beyond(one),
    )  # fmt: skip


def _beyond(one: Standing) -> Cell:
    if one.hidden_unmet:
        return "up to 7" if one.few else "all of *"
    return one.unmet


def _leads(one: Standing) -> str | None:
    return None if one.leads is None else f"{one.leads:g}"


def _per_1000(one: Standing) -> Cell:
    """A rate of at least so many people is at most so high."""
    found = one.leads_per_1000
    if found is None or one.in_tiers is None:
        return None
    return f"under {found:.2f}" if one.in_tiers.least and found else rate(found)


def _waits(one: Standing) -> str | None:
    return one.waiting.words if one.waiting else None


def whole_table(reach: Reach, units: Sequence[Standing], caption: str) -> Table:
    """Every place with everything that is told of it."""
    keys = list(reach.tiers)
    columns = (
        "Rank", "Code", "Name", "Service", "What there is", "Leads in post",
        *(f"People, {reach.tiers[key]}" for key in keys), "People in the tiers",
        f"In the tiers for every {units[0].need_of if units else '1,000 people'}",
        "Leads per 1,000 in the tiers", "Leads per 100 of the top tier",
        "People the leads can ask in a year", "Within a year", "Beyond reach",
        "In the most deprived fifth", "Waiting now, weeks", "Leads recommended",
    )  # fmt: skip
    return Table(
        caption, columns, tuple(_everything(one, keys) for one in units), note=_NOTE, decimals=2,
        sheet=f"All {caption.split(',')[0].lower()}"[:31],
    )  # fmt: skip


def _everything(one: Standing, keys: Sequence[str]) -> tuple[Cell, ...]:
    wait = one.waiting
    return (
        one.rank or None, one.code, one.name, words.service(one), one.service_words, one.leads,
        *(printed.cell(one.people[key]) for key in keys),
        one.in_tiers.words if one.in_tiers and one.in_tiers.least else _people(one),
        rate(one.need), _per_1000(one), rate(one.leads_per_100_top), one.takes_on,
        share(one.within_reach), _beyond(one), share(one.most_deprived),
        wait.words if wait else None, wait.recommended if wait else None,
    )  # fmt: skip


def _people(one: Standing) -> Cell:
    if one.in_tiers:
        return one.in_tiers.shown
    return "*" if "*" in one.people.values() else None


def lines_table(reach: Reach) -> Table | None:
    """The lines from the least to the most deprived end."""
    found: list[tuple[str, Line]] = []
    if reach.need_line:
        of = reach.ranked[0].need_of
        found.append((f"People in the tiers for every {of}", reach.need_line))
    if reach.leads_line:
        found.append(("Leads for every 1,000 people in the tiers", reach.leads_line))
    if not found:
        return None
    return Table(
        "Need and leads from the least to the most deprived end",
        ("Line", "Least deprived end", "Most deprived end", "Difference", "95% range, from", "to",
         "Places"),
        tuple((name, line.least_end, line.most_end, line.slope, line.low, line.high, line.places)
              for name, line in found),
        decimals=3, sheet="Lines",
    )  # fmt: skip


def annex(reach: Reach) -> tuple[Table, ...]:
    """What only the workbook holds."""
    made = [whole_table(reach, (reach.whole,), "Area, everything told")]
    if reach.places:
        made.append(whole_table(reach, reach.places, "Places, everything told"))
    made.append(whole_table(reach, reach.sites, "Hospitals, everything told"))
    lines = lines_table(reach)
    return (*made, *((lines,) if lines else ()))
