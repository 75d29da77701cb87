"""The section on inequalities: published tiers, and a reach where there is one, come in; the blocks
that a business case and the report of reach print go out.
"""

from __future__ import annotations

from openhiu.paper.blocks import Block, Bullets, Heading, Paragraph, Table
from openhiu.report import printed
from openhiu.report.reach import words
from openhiu.report.reach.of_tiers import reach_of
from openhiu.report.reach.shape import Reach, Standing
from openhiu.report.tiers.told import Tiers

MOST_ROWS = 10
FIFTHS_NOTE = (
    "Fifths of England's neighbourhoods by the Index of Multiple Deprivation. A person counts in "
    "one tier. Counts from 1 to 7 are shown as *, others to the nearest 5; shares and rates are "
    "worked out from what is shown."
)


def section(tiers: Tiers, reach: Reach | None = None, level: int = 2) -> list[Block]:
    """Where the people in the tiers live, whether leads stand where the need is, and which
    hospitals have no service. Without a `reach` it is told from the tiers alone.

    Raises ValueError where the tiers may not be published.
    """
    found = reach or reach_of(tiers)
    return [
        Heading("Inequalities", level),
        *deprivation(found),
        *alignment(found),
        *(without(found, level + 1) if found.sites else ()),
    ]


def deprivation(reach: Reach) -> list[Block]:
    """People and leads by fifth of deprivation."""
    made: list[Block] = [Paragraph(words.by_deprivation(reach))]
    if isinstance(reach.priority, int) and reach.priority:
        made.append(Paragraph(
            f"{printed.capital(printed.people(reach.priority))} of the top tier live in the "
            "priority wards of this area."))  # fmt: skip
    if reach.fifths:
        made.append(fifths_table(reach))
    if beside := words.beside(reach):
        made.append(Paragraph(beside))
    return made


def alignment(reach: Reach) -> list[Block]:
    """Whether need and leads rise and fall with deprivation, and with each other."""
    told = tuple(filter(None, (*words.lines(reach), words.moved(reach))))
    if len(told) == 1:
        return [Paragraph(told[0])]
    return [Bullets(told)] if told else []


def without(reach: Reach, level: int) -> list[Block]:
    """The hospitals without a service, those with most need first."""
    made: list[Block] = [Heading("Hospitals without a service", level),
                         Paragraph(words.covered(reach))]  # fmt: skip
    found = reach.without
    if not found:
        return made
    shown = found[:MOST_ROWS]
    left = len(found) - len(shown)
    note = f"The other {left} are in the workbook." if left else ""
    made.append(Table(
        "Hospitals without a service, by need",
        ("Hospital", f"Top tier ({reach.top_words})", "In the tiers", "Most deprived fifth",
         "Service"),
        tuple((one.name, printed.cell(one.top), in_tiers(one),
               share(one.most_deprived), words.service(one)) for one in shown),
        note=note, widths=(2.4, 1.2, 1.2, 1.2, 1), sheet="Without a service",
    ))  # fmt: skip
    return made


def fifths_table(reach: Reach) -> Table:
    """One row a fifth, and one for those of whom it is not known."""
    keys = list(reach.tiers)
    beside = any(fifth.leads_per_1000 is not None for fifth in reach.fifths)
    rows = [
        (fifth.words, *(printed.cell(fifth.people[key]) for key in keys), share(fifth.share),
         *((rate(fifth.leads_per_1000),) if beside else ()))
        for fifth in reach.fifths
    ]  # fmt: skip
    unknown = (printed.cell(reach.unknown_fifth.get(key)) for key in keys)
    rows.append(("Not known", *unknown, None, *((None,) if beside else ())))
    return Table(
        f"People in the tiers by deprivation, {reach.year}",
        ("Where they live", *(reach.tiers[key] for key in keys), "Share",
         *(("Leads per 1,000",) if beside else ())),
        tuple(rows), note=FIFTHS_NOTE, decimals=2,
        widths=(2.2, *(1.0 for _ in keys), 0.8, *((1.1,) if beside else ())),
        sheet="By deprivation",
    )  # fmt: skip


def in_tiers(one: Standing) -> str | None:
    """The people in the tiers; a dash where they were not counted."""
    if one.in_tiers:
        return one.in_tiers.words
    return "*" if "*" in one.people.values() else None


def share(value: int | None) -> str | None:
    """A percentage for a table."""
    return None if value is None else f"{value}%"


def rate(value: float | None) -> float | None:
    """A rate for a table, without more digits than it deserves."""
    return None if value is None else round(value, 2)
