"""Monitoring in time: rows and lists come in; the chart of the clients against what was expected of
them, and the chart of the hospital's top attenders, go out month by month with signals marked.

The chart of clients compares each month with the expectation, so the natural fall makes no signal.
Its constants were set on simulated services of no effect.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Any, Final

from openhiu.disclosure import SMALLEST_SHOWN, disclose
from openhiu.evaluate.interval import Standing
from openhiu.evaluate.outcomes import PRIMARY
from openhiu.evaluate.plan import W12
from openhiu.evaluate.rows import ListMonth, Rows
from openhiu.evaluate.timeline import Month, monthly
from openhiu.evaluate.together import Models, model_for, models
from openhiu.evaluate.xmr import RULES, broken, limits

SLACK: Final = 0.5
DECISION: Final = 5.0
FIRST_MONTH: Final = 4
_EVENTS: Final = 1.5
_PEOPLE: Final = 1.2
_BAND: Final = 1.96
NOT_SHOWN: Final = (
    "Clients are not held against what was expected month by month: too little is known of them "
    "yet for an estimate, and the months would add up to one."
)
_EFFECT: Final = ("expected", "avoided_so_far", "chance_low", "chance_high")
FALSE_ALARMS: Final = {
    "better": "5 in 100 services of no effect show this signal within 12 months; of those that "
    "truly bring a fall of 36%, 78 in 100 do.",
    "worse": "Look, not proof: crises come in bursts, and 18 in 100 services of no effect show "
    "this signal within 12 months.",
    "top_attenders": "28 in 100 services of no effect show an improvement on such a chart within "
    "12 months.",
}
CAN_SAY: Final = (
    "It can show that the list as a whole changed: demand at the hospital, and how full the list "
    "is of people who come very often."
)
CANNOT_SAY: Final = (
    "It cannot show whether the service helped: people leave the list and others take their place, "
    "and each point shares two of its three months with the next."
)


@dataclass
class Cusum:
    """Two running sums of how far months lie below and above the expectation; a signal at 5."""

    low: float = 0.0
    high: float = 0.0

    def add(self, z: float) -> str:
        """Take a month in; "better" or "worse" where a sum has passed the decision, else empty.

        A sum that signalled begins again, so that a further signal is a further change.
        """
        self.low = max(0.0, self.low - z - SLACK)
        self.high = max(0.0, self.high + z - SLACK)
        if self.low > DECISION:
            self.low = 0.0
            return "better"
        if self.high > DECISION:
            self.high = 0.0
            return "worse"
        return ""


def z_score(observed: float, expected: float, squares: float) -> float:
    """How far a month lies from expected. `squares`: sum over clients of expected squared."""
    return (observed - expected) / sqrt(_EVENTS * expected + _PEOPLE * squares)


def cohort_chart(
    sites: Sequence[Rows], fits: Models | None = None, *, standing: Standing
) -> dict[str, Any]:
    """The clients of every site in their first 12 months, month by month.

    Each site joins from the fourth month of its service. A month of fewer than 8 clients is hidden
    and moves no sum. `fits`: regressions of attendances already learnt, by site. `standing` of the
    3-month estimate: where that has a range only, no month has an expected number; where it has
    not even that, there are no months and `not_shown` says why.
    """
    points, signals = _told(*_points(_months(sites, fits)), standing)
    return {
        "months": points, "signals": signals, "slack": SLACK, "decision": DECISION,
        "not_shown": "" if standing in _CHARTED else NOT_SHOWN,
        "false_alarms": {side: FALSE_ALARMS[side] for side in ("better", "worse")},
    }  # fmt: skip


def _months(sites: Sequence[Rows], fits: Models | None) -> list[Month]:
    months: dict[date, Month] = {}
    learnt = fits or models(sites, PRIMARY)
    for rows in sites:
        fitted = model_for(rows, sites, PRIMARY, W12, learnt)
        for month in monthly(rows, fitted)[FIRST_MONTH - 1 :]:
            months[month.first] = months.get(month.first, Month(month.first)) + month
    return [months[first] for first in sorted(months)]


_Points = list[dict[str, Any]]
_CHARTED: Final = frozenset({Standing.ENOUGH, Standing.RANGE_ONLY})


def _told(points: _Points, signals: _Points, standing: Standing) -> tuple[_Points, _Points]:
    """What of the chart may be told: no effect is to be read from it that no estimate gives."""
    if standing not in _CHARTED:
        return [], []
    if standing is Standing.RANGE_ONLY:
        points = [point | dict.fromkeys(_EFFECT) for point in points]
    return points, signals


def _points(months: Sequence[Month]) -> tuple[_Points, _Points]:
    cusum, points, signals = Cusum(), [], []
    avoided = variance = 0.0
    since = {"better": 0, "worse": 0}
    for number, month in enumerate(months):
        if month.people < SMALLEST_SHOWN or month.expected <= 0:
            points.append(_hidden(month))
            continue
        z = z_score(month.observed, month.expected, month.squares)
        signal = cusum.add(z)
        avoided += month.expected - month.observed
        variance += _EVENTS * month.expected + _PEOPLE * month.squares
        points.append(_point(month, z, cusum, avoided, _BAND * sqrt(variance)))
        if signal:
            signals.append({"month": _name(month.first), "direction": signal,
                            "words": FALSE_ALARMS[signal]})  # fmt: skip
            for point in points[since[signal] :]:
                point["standing"] = signal if point["z"] is not None else "hidden"
        for side, level in (("better", cusum.low), ("worse", cusum.high)):
            if level == 0.0:
                since[side] = number + 1
    return points, signals


def _point(month: Month, z: float, cusum: Cusum, avoided: float, band: float) -> dict[str, Any]:
    return {
        "month": _name(month.first), "people": disclose(month.people),
        "observed": round(month.observed), "expected": round(month.expected, 1), "z": round(z, 2),
        "cusum_better": round(cusum.low, 2), "cusum_worse": round(cusum.high, 2),
        "avoided_so_far": round(avoided, 1), "chance_low": round(-band, 1),
        "chance_high": round(band, 1), "standing": "usual",
    }  # fmt: skip


def _hidden(month: Month) -> dict[str, Any]:
    blank = dict.fromkeys(("observed", "expected", "z", "cusum_better", "cusum_worse",
                           "avoided_so_far", "chance_low", "chance_high"))  # fmt: skip
    return {"month": _name(month.first), "people": disclose(month.people), **blank,
            "standing": "hidden"}  # fmt: skip


def top_attenders(lists: Sequence[ListMonth], site: str) -> dict[str, Any]:
    """The XmR chart of a site's lists: what the listed came to in the three months before."""
    ours = sorted((m for m in lists if m.site == site and m.complete), key=lambda m: m.list_date)
    shown = [month for month in ours if month.people >= SMALLEST_SHOWN]
    values = [float(month.attendances) for month in shown]
    found = limits(values)
    marks = broken(values, found) if found else [{} for _ in values]
    return {
        "site": site,
        "points": [
            {"month": _name(m.list_date), "people": disclose(m.people),
             "attendances": m.attendances, "rules": sorted(mark), "standing": _standing(mark)}
            for m, mark in zip(shown, marks, strict=True)
        ],
        "months_hidden": len(ours) > len(shown),
        "mean": round(found.mean, 1) if found else None,
        "lower": round(found.lower, 1) if found else None,
        "upper": round(found.upper, 1) if found else None,
        "rules": dict(RULES),
        "can_say": CAN_SAY, "cannot_say": CANNOT_SAY,
        "false_alarms": FALSE_ALARMS["top_attenders"],
    }  # fmt: skip


def _standing(mark: Mapping[str, int]) -> str:
    """Fewer is better. A point that breaks rules both ways goes by the latest side it lies on."""
    if not mark:
        return "usual"
    return "better" if sum(mark.values()) < 0 else "worse"


def _name(first: date) -> str:
    return f"{first:%Y-%m}"
