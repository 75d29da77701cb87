"""Cohorts as they mature: rows and journeys come in; for each quarter who started and how many have
come to 3 and 12 months, and the estimate over all clients to date, go out.

One quarter alone is never estimated: it is always everybody so far.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from openhiu.disclosure import HIDDEN, SMALLEST_SHOWN, disclose_steps
from openhiu.evaluate.estimate import Estimate, Standing, estimate, pool
from openhiu.evaluate.expected import Expected
from openhiu.evaluate.outcomes import PRIMARY
from openhiu.evaluate.plan import WINDOWS, Window
from openhiu.evaluate.rows import Journey, Rows, day_number
from openhiu.evaluate.shown import people_shown
from openhiu.evaluate.together import Models, model_for, models

CLOSE: Final = "too close to a later quarter"
_STEPS: Final = ("started", "reached_3", "reached_12")
_QUARTERS: Final = {1: "January to March", 4: "April to June", 7: "July to September",
                    10: "October to December"}  # fmt: skip


def quarters(
    sites: Sequence[Rows], journeys: Sequence[Journey],
    fits: Models | None = None,
) -> list[dict[str, Any]]:  # fmt: skip
    """Every quarter from the first start to the cut, oldest first; none from before the service.

    `so_far[window]` is the rolling estimate at the end of the quarter: whole percentages and a
    rounded number of people, so that two quarters cannot be taken from each other.
    """
    cuts = {rows.site: rows.cut for rows in sites}
    starts = [(j.started, cuts[j.site]) for j in journeys
              if j.started is not None and j.site in cuts and j.started < cuts[j.site]]  # fmt: skip
    if not starts:
        return []
    began = min(rows.service_start for rows in sites)
    firsts = _quarters(max(min(day for day, _ in starts), began), max(cuts.values()))
    counted = _counted(firsts, starts)
    totals = [sum(row[step] for row in counted.values()) for step in range(len(_STEPS))]
    shown = disclose_steps({"quarter": counted}, totals)[0]["quarter"]
    learnt = fits or models(sites, PRIMARY)
    ends = [_next(first) for first in firsts]
    so_far = {window.name: _so_far(sites, window, ends, learnt) for window in WINDOWS}
    return [
        {
            "from": first.isoformat(), "to_exclusive": _next(first).isoformat(),
            "name": quarter_name(first), "complete": all(_next(first) <= c for c in cuts.values()),
            **dict(zip(_STEPS, shown[first.isoformat()], strict=True)),
            "so_far": {window: found[number] for window, found in so_far.items()},
        }
        for number, first in enumerate(firsts)
    ]  # fmt: skip


def _counted(firsts: Sequence[date], starts: Sequence[tuple[date, date]]) -> dict[str, list[int]]:
    """Who started in each quarter, and how many of them came to the end of each window."""
    counted = {first.isoformat(): [0, 0, 0] for first in firsts}
    for day, cut in starts:
        row = counted.get(_quarter_of(day).isoformat())
        if row is None:
            continue  # before the service: told as such among the warnings
        reached = [True, *(day + timedelta(window.days) <= cut for window in WINDOWS)]
        row[:] = [count + step for count, step in zip(row, reached, strict=True)]
    return counted


def quarter_name(first: date) -> str:
    """Such as July to September 2026."""
    return f"{_QUARTERS[first.month]} {first.year}"


def _so_far(
    sites: Sequence[Rows], window: Window, ends: Sequence[date], learnt: Models
) -> list[dict[str, Any]]:
    """All clients whose window was over by each day. Of two days between which 1 to 7 people
    finished only the later has numbers: their difference would be about those few.
    """
    fits = {rows.site: model_for(rows, sites, PRIMARY, window, learnt) for rows in sites}
    found = [_until(sites, window, end, fits) for end in ends]
    shown: list[dict[str, Any]] = []
    later = None
    for one in reversed(found):
        close = later is not None and 0 < later - one.people < SMALLEST_SHOWN
        later = later if close else one.people
        shown.append(_blank(CLOSE) if close else _shown(one))
    return shown[::-1]


def _until(
    sites: Sequence[Rows], window: Window, end: date, fits: Mapping[str, Expected]
) -> Estimate:
    return pool([
        estimate(rows, rows.outcomes[PRIMARY], rows.before[PRIMARY], window,
                 among=rows.index + window.days <= day_number(end), fitted=fits[rows.site])
        for rows in sites
    ])  # fmt: skip


def _shown(found: Estimate) -> dict[str, Any]:
    standing = str(found.standing) if found.people else str(Standing.NO_FOLLOW_UP)
    return _blank(standing) | {
        "people": people_shown(found.people), "reduction": _whole(found.reduction),
        "reduction_low": _whole(found.reduction_low),
        "reduction_high": _whole(found.reduction_high),
    }  # fmt: skip


def _blank(standing: str) -> dict[str, Any]:
    return {"people": HIDDEN, "standing": standing, "reduction": None, "reduction_low": None,
            "reduction_high": None}  # fmt: skip


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _quarter_of(day: date) -> date:
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def _next(first: date) -> date:
    return date(first.year + (first.month == 10), (first.month + 3) % 12, 1)


def _quarters(first: date, cut: date) -> list[date]:
    found = [_quarter_of(first)]
    while _next(found[-1]) < cut:
        found.append(_next(found[-1]))
    return found
