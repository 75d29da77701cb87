"""The picture of what to expect: a unit's forecast comes in; bars with their range go out."""

from __future__ import annotations

from openhiu.paper.blocks import Block, Figure, Paragraph
from openhiu.paper.charts import Bar, ranges
from openhiu.report.tiers import tables
from openhiu.report.tiers.shape import InTier, Tiers, Unit
from openhiu.report.tiers.words import many, range_of


def forecast(tiers: Tiers, unit: Unit) -> list[Block]:
    """The top tier as it was, is, and may become, with the table of all tiers; nothing where the
    numbers are too small to show.
    """
    found = unit.tiers[tiers.top.key]
    bars = _bars(tiers, found)
    if found.forecast is None or len(bars) < 3:
        told = [one.forecast for one in unit.tiers.values() if one.forecast]
        if not told:
            return [Paragraph("So few people are in the top tier that no forecast is shown.")]
        return [tables.expected(tiers, unit), Paragraph(told[0].method)]
    drawing = ranges(bars, "people in the top tier")
    said = "; ".join(f"{bar.name}: {bar.words}" for bar in bars)
    figure = Figure(
        "forecast", drawing,
        alt=f"Bars of the number of people in the tier {tiers.top.label}. {said}.",
        caption=f"People in the tier {tiers.top.label}: the year before, this year, and the next",
        table=tables.expected(tiers, unit),
    )  # fmt: skip
    return [figure, Paragraph(found.forecast.method, lead="How it was worked out.")]


def _bars(tiers: Tiers, found: InTier) -> list[Bar]:
    bars = []
    if found.before is not None and isinstance(found.before.people, int) and tiers.year_before:
        last = found.before.people
        bars.append(Bar(f"{tiers.year_before.name}", last, many(last, "person", "people"), "past"))
    if isinstance(found.people.total, int):
        now = found.people.total
        bars.append(Bar(tiers.year.name, now, many(now, "person", "people")))
    if found.forecast is None:
        return bars
    coming = found.forecast.people
    numbers = [coming.expected, coming.low, coming.high]
    expected, low, high = (n if isinstance(n, float) else None for n in numbers)
    if expected is not None:
        bars.append(Bar("Next year, to be expected", expected, range_of(coming), "expected",
                        low, high))  # fmt: skip
    if isinstance(found.forecast.if_all_stayed, int):
        every = found.forecast.if_all_stayed
        bars.append(Bar("If nobody left by themselves (not to plan with)", every,
                        many(every, "person", "people"), "past"))  # fmt: skip
    return bars
