"""The pictures of change in time: the monitoring part of an evaluation comes in; control charts and
the sum of what was avoided so far go out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from openhiu.paper import charts
from openhiu.paper.blocks import Figure, Table
from openhiu.paper.charts import Level, Point, Standing

_FEWEST: Final = 3  # months; fewer make no line
_FAR: Final = 3.0  # z: about one month in a hundred with no effect
_WORDS: Final = {"better": "better than expected", "worse": "worse than expected"}


def monitoring_figures(result: Mapping[str, Any]) -> list[Figure]:
    """The chart of clients against expectation, their sum so far, and each hospital's list."""
    cohort = result["monitoring"]["cohort"]
    months = [month for month in cohort["months"] if month["z"] is not None]
    began = {site["site"]: site["service_start"][:7] for site in result["sites"]}
    found = []
    if len(months) >= _FEWEST:
        found.append(_against_expected(months, cohort))
        if _may_be_summed(months):
            found.append(_avoided_so_far(months))
    for site, chart in result["monitoring"]["top_attenders"].items():
        if len(chart["points"]) >= _FEWEST:
            found.append(_top_attenders(site, chart, began.get(site)))
    return found


def _may_be_summed(months: Sequence[Mapping[str, Any]]) -> bool:
    """Of few people a month has no expected number: summed up it would be an effect."""
    return all(month["expected"] is not None for month in months)


def _against_expected(months: Sequence[Mapping[str, Any]], cohort: Mapping[str, Any]) -> Figure:
    points = [Point(m["month"], m["z"], standing=_standing(m)) for m in months]
    levels = [
        Level(0.0, "as expected", solid=True),
        Level(_FAR, "unusually many"),
        Level(-_FAR, "unusually few"),
    ]
    signals = cohort["signals"]
    told = "; ".join(
        f"{signal['month']}: {_WORDS[signal['direction']]}" for signal in signals
    ) or "no signal"  # fmt: skip
    return Figure(
        "clients-against-expected",
        charts.control(points, levels, "Above or below expected (z)"),
        alt=f"Control chart of {len(points)} months from {points[0].at} to {points[-1].at}: how "
        "far clients' A&E attendances lay from what was expected without the service. "
        f"Signals: {told}.",
        caption="Clients' A&E attendances each month against what was expected anyway, first 12 "
        "months of support",
        table=_each_month(months, cohort),
    )


def _each_month(months: Sequence[Mapping[str, Any]], cohort: Mapping[str, Any]) -> Table:
    columns = {
        "month": "Month", "people": "People", "observed": "Happened", "expected": "Expected",
        "z": "z", "cusum_better": "Running sum, better", "cusum_worse": "Running sum, worse",
    }  # fmt: skip
    if not _may_be_summed(months):
        del columns["expected"]
    return Table(
        "Clients each month", tuple(columns.values()),
        tuple(tuple(month[key] for key in columns) for month in months),
        sheet="Clients each month",
        note=f"A running sum above {cohort['decision']:g} is a signal. Months of fewer than 8 "
        "people are left out.",
    )  # fmt: skip


def _avoided_so_far(months: Sequence[Mapping[str, Any]]) -> Figure:
    """The band is what chance alone would give: a line inside it cannot be told from no effect."""
    points = [Point(m["month"], m["avoided_so_far"], m["chance_low"], m["chance_high"])
              for m in months]  # fmt: skip
    last = months[-1]
    inside = last["chance_low"] <= last["avoided_so_far"] <= last["chance_high"]
    return Figure(
        "avoided-so-far",
        charts.band(points, [Level(0.0, "as expected", solid=True)], "Attendances avoided so far"),
        alt=f"Line of A&E attendances avoided so far, from {points[0].at} to {points[-1].at}: "
        f"{last['avoided_so_far']:g} by the end. The band shows what chance alone would give, "
        f"{last['chance_low']:g} to {last['chance_high']:g} by the end; the line ends "
        f"{'inside' if inside else 'outside'} it.",
        caption="A&E attendances avoided so far, and what chance alone would give (band)",
        table=Table(
            "Avoided so far", ("Month", "Avoided so far", "Chance from", "to"),
            tuple((m["month"], m["avoided_so_far"], m["chance_low"], m["chance_high"])
                  for m in months),
            sheet="Avoided so far",
        ),
    )  # fmt: skip


def _top_attenders(site: str, chart: Mapping[str, Any], began: str | None) -> Figure:
    points = [Point(p["month"], float(p["attendances"]), standing=_standing(p))
              for p in chart["points"]]  # fmt: skip
    levels = [
        Level(chart[key], name, solid=key == "mean")
        for key, name in (("mean", "mean"), ("upper", "upper limit"), ("lower", "lower limit"))
        if chart[key] is not None
    ]
    marked = sum(point.standing != "usual" for point in points)
    return Figure(
        f"list-{site.lower()}",
        charts.control(
            points, levels, "Attendances in 3 months", (began, "service began") if began else None
        ),
        alt=f"Control chart of {chart['name']}: attendances, in the three months before each list, "
        f"of the people who came most, {points[0].at} to {points[-1].at}. From "
        f"{points[0].value:g} to {points[-1].value:g}; {marked} of {len(points)} months marked.",
        caption=f"{chart['name']}: attendances of the people on each month's list, in the three "
        "months before it",
        table=Table(
            f"{chart['name']}: people on the list", ("List of", "People", "Attendances", "Rules"),
            tuple((p["month"], p["people"], p["attendances"], "; ".join(p["rules"]))
                  for p in chart["points"]),
            sheet=f"List {site}",
            note=f"{chart['can_say']} {chart['cannot_say']}",
        ),
    )  # fmt: skip


def _standing(point: Mapping[str, Any]) -> Standing:
    match point["standing"]:
        case "better":
            return "better"
        case "worse":
            return "worse"
        case _:
            return "usual"
