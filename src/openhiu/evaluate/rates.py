"""How much each person came, per month at risk: the rows of every site come in; means, medians and
how people are spread, before support and since, go out as they may be shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from openhiu.disclosure import HIDDEN, SMALLEST_SHOWN, disclose_parts, shown_share
from openhiu.evaluate.before_after import Spread, spread
from openhiu.evaluate.estimate import Estimate, finished
from openhiu.evaluate.plan import Window
from openhiu.evaluate.rows import DAYS_IN_SEGMENT, Rows
from openhiu.evaluate.shown import people_shown

Floats = NDArray[np.float64]
_QUARTERS_FROM: Final = 30  # people: below this a quarter is one or two persons' own figure
BANDS_NOTE: Final = "Shares are worked out from rounded counts and may not add to 100."
_TOP: Final = (0.0, 0.5, 1.0, 2.0, 4.0)  # a month: none, up to a half, up to 1, ... over 4


def rates(sites: Sequence[Rows], key: str, window: Window, found: Estimate) -> dict[str, Any]:
    """Per person and month at risk. Expected has the range that the 95 % range of the ratio gives.

    Empty where fewer than 8 people finished the window.
    """
    if found.people < SMALLEST_SHOWN:
        return {}
    used = [rows for rows in sites if rows.site in found.sites]
    since, days = _joined([_since(rows, key, window) for rows in used])
    before, days_before = _joined([_before(rows, key, window) for rows in used])
    now, then = (_of_shown(one, found.people)
                 for one in (spread(since, days), spread(before, days_before)))  # fmt: skip
    bands = _bands(before, days_before, since, days)
    return {
        "before": _shown(then),
        "since": _shown(now),
        "expected": _expected(found, now.months),
        "bands": bands,
        "bands_note": BANDS_NOTE if _do_not_add_up(bands) else "",
    }


def _of_shown(found: Spread, people: int) -> Spread:
    """The months and mean of the people as they are shown: a count of events over an exact mean
    would give the exact number of people.
    """
    part = float(people_shown(people)) / people
    mean = None if found.mean is None else found.mean / part
    return replace(found, months=found.months * part, mean=mean)


def _do_not_add_up(bands: Sequence[Mapping[str, Any]]) -> bool:
    shares = [[band[side] for band in bands] for side in ("before_percent", "since_percent")]
    return any(HIDDEN not in each and sum(each) != 100 for each in shares)


def _joined(parts: Sequence[tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    counts, days = zip(*parts, strict=True)
    return np.concatenate(counts), np.concatenate(days)


def _since(rows: Rows, key: str, window: Window) -> tuple[Floats, Floats]:
    who = finished(rows, window)
    there = rows.exposure[who, : window.segments].sum(axis=1) * DAYS_IN_SEGMENT
    return rows.outcomes[key][who, : window.segments].sum(axis=1), there


def _before(rows: Rows, key: str, window: Window) -> tuple[Floats, Floats]:
    who = finished(rows, window)
    counts = rows.before[key][who, window.before]
    return counts, np.full(len(counts), float(window.days))


def _shown(found: Spread) -> dict[str, Any]:
    quarters = (found.lower_quarter, found.upper_quarter)
    told = found.people >= _QUARTERS_FROM
    return {
        "person_months": round(found.months, 1),
        "mean": found.mean,
        "median": found.median,
        "lower_quarter": quarters[0] if told else None,
        "upper_quarter": quarters[1] if told else None,
    }


def _expected(found: Estimate, months: float) -> dict[str, float | None]:
    """The expectation at the ends of the ratio's range: what happened over each of them."""
    if not months or found.expected is None or found.observed is None:
        return {"mean": None, "low": None, "high": None}
    ends = [found.observed / end / months if end else None for end in (found.high, found.low)]
    centre = found.expected / months if found.ratio is not None else None
    return {"mean": centre, "low": ends[0], "high": ends[1]}


def _bands(
    before: Floats, days_before: Floats, since: Floats, days: Floats
) -> list[dict[str, Any]]:
    """How many of every hundred people came how often, of people with any time at risk.

    Bands with few people are put together with the one below, so that no number need be hidden.
    """
    then, now = _by_band(before, days_before), _by_band(since, days)
    bands = joined(list(zip(then, now, strict=True)))
    shown_then, whole_then = disclose_parts({_name(*b[0]): b[1] for b in bands}, total_stands=True)
    shown_now, whole_now = disclose_parts({_name(*b[0]): b[2] for b in bands}, total_stands=True)
    return [
        {
            "band": band,
            "before_percent": shown_share(shown_then[band], whole_then),
            "since_percent": shown_share(shown_now[band], whole_now),
        }
        for band in shown_then
    ]


def joined(counts: list[tuple[int, int]]) -> list[tuple[tuple[int, int], int, int]]:
    """Neighbouring bands (first and last of them, then both counts), none empty or of 1 to 7."""
    bands = [((n, n), then, now) for n, (then, now) in enumerate(counts)]
    while len(bands) > 1:
        few = [n for n, (_, then, now) in enumerate(bands)
               if _few(then) or _few(now) or not then + now]  # fmt: skip
        if not few:
            break
        low = max(few[-1] - 1, 0)
        (first, _), then, now = bands[low]
        (_, last), more_then, more_now = bands[low + 1]
        bands[low : low + 2] = [((first, last), then + more_then, now + more_now)]
    return bands


def _few(count: int) -> bool:
    return 0 < count < SMALLEST_SHOWN


def _name(first: int, last: int) -> str:
    """A band or several in words, such as "1 to 4"."""
    top = f"{_TOP[last]:g}" if last < len(_TOP) else ""
    if first == 0:
        return "None" if last == 0 else f"Up to {top}" if top else "Any number"
    if first == 1 and top:
        return f"Up to {top}, not none"
    return f"{_TOP[first - 1]:g} to {top}" if top else f"Over {_TOP[first - 1]:g}"


def _by_band(counts: Floats, days: Floats) -> list[int]:
    there = days > 0
    a_month = counts[there] / (days[there] / (365.25 / 12))
    places = np.searchsorted(_TOP, a_month, side="left")
    return [int((places == number).sum()) for number in range(len(_TOP) + 1)]
