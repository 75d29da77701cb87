"""The pictures of an evaluation: its result comes in; figures with alternative text and the table
of what they show go out. Nothing is in a picture that is not in the result.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from openhiu.disclosure import HIDDEN
from openhiu.evaluate.outcomes import BY_KEY, PRIMARY
from openhiu.evaluate.rates import BANDS_NOTE
from openhiu.paper import charts
from openhiu.paper.blocks import Figure, Table
from openhiu.paper.charts import Bar

Result = Mapping[str, Any]
_HEADLINE: Final = "the-picture"


def figures(result: Result) -> list[Figure]:
    """Every figure that the result has numbers for: the picture of each window first."""
    from openhiu.evaluate.monitoring_figures import monitoring_figures

    found = [the_picture(result, window, PRIMARY) for window in result["windows"]]
    found += [spread_of_people(result, window, PRIMARY) for window in result["windows"]]
    return [figure for figure in (*found, *monitoring_figures(result)) if figure is not None]


def the_picture(result: Result, window: str, key: str) -> Figure | None:
    """Before, what would have happened anyway, and what happened, per person and month."""
    outcome = result["windows"].get(window, {}).get(key)
    if not outcome or not outcome["rates"]:
        return None
    bars = _bars(outcome["rates"], window)
    words = BY_KEY[key].words
    axis = f"{words} per person and month"
    table = Table(
        f"{words} per person and month, {window} months",
        ("", "Mean", "95% range from", "to"),
        tuple((bar.name, None if bar.words == _RANGE_ONLY else bar.value, bar.low, bar.high)
              for bar in bars),
        decimals=2, sheet=f"Picture {window} months",
        note=f"{outcome['people']} people. {_METHOD}",
    )  # fmt: skip
    return Figure(
        f"{_HEADLINE}-{window}-months",
        charts.ranges(bars, axis),
        alt=_alt(bars, axis, outcome["people"], window),
        caption=f"{words} per person and month at risk: {window} months before and after support "
        f"started, {outcome['people']} people",
        table=table,
        data_in_print=False,  # every number stands on its bar, and in the table of outcomes
    )


_RANGE_ONLY: Final = "a range only"
_METHOD: Final = (
    "Expected: people picked the same way before the service existed, allowing for age, sex, "
    "earlier attendances and how busy the department was."
)


def _bars(rates: Mapping[str, Any], window: str) -> list[Bar]:
    before, since, expected = rates["before"], rates["since"], rates["expected"]
    bars = [_bar(f"In the {window} months before", before["mean"], "past")]
    low, high = expected["low"], expected["high"]
    if low is not None and high is not None:
        mean = expected["mean"]
        said = _RANGE_ONLY if mean is None else f"{mean:.2f} ({low:.2f} to {high:.2f})"
        bars.append(Bar("Expected without the service", mean or 0.0, said, "expected", low, high))
    elif expected["mean"] is not None:
        bars.append(_bar("Expected without the service", expected["mean"], "expected"))
    bars.append(_bar("What happened", since["mean"], "happened"))
    return bars


def _bar(name: str, mean: float | None, look: charts.Look) -> Bar:
    return Bar(name, mean or 0.0, f"{mean or 0.0:.2f}", look)


def _alt(bars: list[Bar], axis: str, people: int, window: str) -> str:
    parts = []
    for bar in bars:
        if bar.words == _RANGE_ONLY:
            parts.append(f"{bar.name}: between {bar.low:.2f} and {bar.high:.2f}")
        elif bar.low is not None:
            parts.append(f"{bar.name}: {bar.value:.2f}, with a range from {bar.low:.2f} to "
                         f"{bar.high:.2f}")  # fmt: skip
        else:
            parts.append(f"{bar.name}: {bar.value:.2f}")
    return f"Bar chart of {axis}, {people} people, {window} months. {'. '.join(parts)}."


def spread_of_people(result: Result, window: str, key: str) -> Figure | None:
    """How people are spread over how often they came, before and since."""
    outcome = result["windows"].get(window, {}).get(key)
    if not outcome or not outcome["rates"]:
        return None
    bands = outcome["rates"]["bands"]
    before = [_share(band["before_percent"]) for band in bands]
    since = [_share(band["since_percent"]) for band in bands]
    if sum(share is not None for share in (*before, *since)) < len(bands):
        return None  # more hidden than shown
    words = BY_KEY[key].words
    names = [band["band"] for band in bands]
    told = "; ".join(
        f"{band['band'].lower()} a month: {_percent(band['before_percent'])} before, "
        f"{_percent(band['since_percent'])} since" for band in bands
    )  # fmt: skip
    caption = f"How often people came: {words} a month, {window} months before and since"
    return Figure(
        f"spread-{window}-months",
        charts.two_rows(names, before, since, f"{words} a month"),
        alt=f"Bar chart of the share of {outcome['people']} people by {words} a month. {told}.",
        caption=caption,
        table=Table(
            caption, ("A month", "Before, % of people", "Since, % of people"),
            tuple((b["band"], b["before_percent"], b["since_percent"]) for b in bands),
            sheet=f"Spread {window} months",
            note=f"{BANDS_NOTE} * stands for groups too small to show.",
        ),
    )  # fmt: skip


def _share(percent: int | str) -> float | None:
    return None if percent == HIDDEN else float(percent)


def _percent(percent: int | str) -> str:
    return "too few to show" if percent == HIDDEN else f"{percent}%"
