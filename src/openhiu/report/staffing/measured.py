"""From what happened in every run to what may be expected: runs come in; waiting, reach and risk of
overload with their ranges go out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from openhiu.report.staffing.draws import NEVER, Crowd, Sets, Yes
from openhiu.report.staffing.inputs import WEEKS
from openhiu.report.staffing.queue import Ran
from openhiu.report.staffing.shape import Estimate, WithLeads

# Nine sets of inputs in ten fall into a range.
LOW: Final = 0.05
HIGH: Final = 0.95
YEAR: Final = WEEKS
Values = NDArray[np.float64]


def measured(
    ran: Ran, pressed: Ran, crowd: Crowd, numbers: Sequence[int], away: Yes, sets: Sets
) -> list[WithLeads]:
    """One line a number of leads. `pressed`: what happened where nobody was kept waiting."""
    weeks = away.shape[2]
    first_year = crowd.arrives < YEAR
    wait = _waits(ran, crowd, first_year, weeks - YEAR)
    asked = (ran.turn < YEAR) & (ran.turn < crowd.leaves[:, None, :]) & first_year[:, None, :]
    began = asked & crowd.says_yes[:, None, :]
    everybody = np.maximum(first_year.sum(1), 1)[:, None]
    columns = {
        "wait_median": _settled(_quantile(wait, 0.5), sets, falls=True),
        "wait_90": _settled(_quantile(wait, 0.9), sets, falls=True),
        "reached": _settled(asked.sum(2) / everybody, sets, falls=False),
        "began": _settled(began.sum(2) / everybody, sets, falls=False),
        "starts": _settled(began.sum(2).astype(float), sets, falls=False),
        "overload": _settled(ran.above, sets, falls=True, chance=True),
        "overload_weeks": _settled(ran.weeks_above, sets, falls=True, chance=True),
        "pressed": _settled(pressed.above, sets, falls=True, chance=True),
        "pressed_weeks": _settled(pressed.weeks_above, sets, falls=True, chance=True),
        "alone": _settled(_nobody_there(away, numbers), sets, falls=True),
    }
    return [
        WithLeads(leads, **{key: column[place] for key, column in columns.items()})
        for place, leads in enumerate(numbers)
    ]


def _waits(ran: Ran, crowd: Crowd, counted: Yes, longest: int) -> Values:
    """Weeks until somebody's turn came, had they stayed in the tier; infinite where that is longer
    than everybody was looked at; not a number for who came later.
    """
    wait: Values = ran.turn.astype(np.float64) - crowd.arrives[:, None, :]
    wait[(ran.turn == NEVER) | (wait >= longest)] = np.inf
    wait[np.broadcast_to(~counted[:, None, :], wait.shape)] = np.nan
    return wait


def _quantile(values: Values, share: float) -> Values:
    """The smallest value that this share does not pass, of those that are numbers."""
    ordered = np.sort(values, axis=2)  # what is not a number comes last
    many = (~np.isnan(values)).sum(2)
    place = np.clip(np.ceil(share * many).astype(int) - 1, 0, None)
    found = np.take_along_axis(ordered, place[:, :, None], axis=2)[:, :, 0]
    return np.asarray(np.where(many > 0, found, 0.0), dtype=float)


def _nobody_there(away: Yes, numbers: Sequence[int]) -> Values:
    """Weeks of a year in which every lead is away."""
    weeks = away.shape[2]
    every = np.logical_and.accumulate(away, axis=1).sum(2) / weeks * YEAR
    return np.asarray(every[:, [number - 1 for number in numbers]], dtype=float)


def _settled(values: Values, sets: Sets, *, falls: bool, chance: bool = False) -> list[Estimate]:
    """The middle and the range of one measure. A chance is a mean within each set of inputs: its
    range is of what is not known, not of one lucky year.

    More leads help or change nothing. Where runs say otherwise by a hair, neighbours are averaged.
    """
    if chance:
        by_set = values.reshape(sets.sets, sets.times, -1).mean(1)
        middle = by_set.mean(0)
    else:
        by_set = values
        middle = _by_rank(values, 0.5)
    ends = [_by_rank(by_set, share) for share in (LOW, HIGH)]
    low, centre, high = (_in_order(one, falls=falls) for one in (ends[0], middle, ends[1]))
    return [
        Estimate(_told(value), _told(min(least, value)), _told(max(most, value)))
        for value, least, most in zip(centre, low, high, strict=True)
    ]


def _by_rank(values: Values, share: float) -> Values:
    """A quantile that may be infinite."""
    ordered = np.sort(values, axis=0)
    return np.asarray(ordered[min(len(ordered) - 1, int(share * len(ordered)))], dtype=float)


def _in_order(values: Values, *, falls: bool) -> list[float]:
    """Isotonic regression by pooling neighbours that stand in the wrong order."""
    pools: list[tuple[float, int]] = []
    for value in (values if not falls else -values).tolist():
        pools.append((value, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (later, many), (before, few) = pools.pop(), pools.pop()
            pools.append(((later * many + before * few) / (many + few), many + few))
    flat = [value for value, many in pools for _ in range(many)]
    return [-value if falls else value for value in flat]


def _told(value: float) -> float | None:
    """Rounded to what a simulation can tell; None where it is longer than was looked at."""
    return None if not np.isfinite(value) else round(float(value), 3)
