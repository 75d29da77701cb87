"""How busy the department was: attendances by month come in; an index by month, and its mean over
any span of days, go out. 1 is the mean of the 12 months before the service started.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from openhiu.evaluate.months import first_day, first_of, month_number
from openhiu.evaluate.rows import day_number
from openhiu.evaluate.service import Service
from openhiu.evaluate.sites import SitePlan

FLOOR: Final = 0.2
_BASE_MONTHS: Final = 12
_WHOLE_DEPARTMENT: Final = 0.8  # of person-months with a single attendance


@dataclass(frozen=True)
class VolumeIndex:
    """The index of one site: by month, and summed up day by day from `first_day`."""

    by_month: Mapping[date, float]
    first_day: int
    summed: NDArray[np.float64]

    def mean(self, begin: NDArray[Any], end: NDArray[Any]) -> NDArray[np.float64]:
        """The mean over the days from `begin` up to, not with, `end`; 1 where no day is known."""
        last = len(self.summed) - 1
        low = np.clip(begin.astype(np.int64) - self.first_day, 0, last)
        high = np.clip(end.astype(np.int64) - self.first_day, 0, last)
        days = high - low
        total = self.summed[high] - self.summed[low]
        return np.where(days > 0, total / np.maximum(days, 1), 1.0)


def volume_index(
    plan: SitePlan, service: Service, singles: float, name: str
) -> tuple[VolumeIndex, list[str]]:
    """The index of a site, and what must be said of it.

    `singles` is the share of person-months with one attendance. Months that are not wholly there
    take the value of the nearest whole month.
    """
    given = {month_number(month): count
             for (site, month), count in service.volumes.items() if site == plan.site}  # fmt: skip
    counts = given or {month.month: float(month.counted) for month in plan.months}
    told = []
    months = range(month_number(plan.first_data), month_number(plan.cut) + 1)
    whole = [m for m in months if _is_whole(m, plan)]
    if not given and singles < _WHOLE_DEPARTMENT:
        told.append(
            f"The data of {name} seem to hold only people who come often, so how busy the "
            "whole department was is not known and is not allowed for; give its monthly volumes."
        )
        whole = []
    if given and set(whole) - given.keys():
        missing = len(set(whole) - given.keys())
        told.append(
            f"The volumes given for {name} lack {missing} of {len(whole)} months: the "
            "nearest month stands in for each."
        )
        whole = [m for m in whole if m in given]
    index, more = _index(name, plan, {m: counts.get(m, 0.0) for m in whole}, list(months))
    return _summed(index, plan), [*told, *more]


def _is_whole(month: int, plan: SitePlan) -> bool:
    return first_of(month) >= plan.first_data and first_of(month + 1) <= plan.cut


def _index(
    name: str, plan: SitePlan, counts: Mapping[int, float], months: list[int]
) -> tuple[dict[int, float], list[str]]:
    if not counts:
        return dict.fromkeys(months, 1.0), []
    told = []
    base = [counts[m] for m in counts if plan.start_list - _BASE_MONTHS <= m < plan.start_list]
    if not base:
        told.append(
            f"No whole month before the service started at {name} is in the data: how busy "
            "the department was is measured against all months instead."
        )
        base = list(counts.values())
    mean = sum(base) / len(base)
    if mean == 0:
        return dict.fromkeys(months, 1.0), told
    known = sorted(counts)
    nearest = {m: min(known, key=lambda k: (abs(k - m), k)) for m in months}
    return {m: max(counts[nearest[m]] / mean, FLOOR) for m in months}, told


def _summed(index: Mapping[int, float], plan: SitePlan) -> VolumeIndex:
    months = sorted(index)
    lengths = [first_day(m + 1) - first_day(m) for m in months]
    daily = np.repeat([index[m] for m in months], lengths)
    begin = first_day(months[0])
    daily = daily[: max(day_number(plan.cut) - begin, 0)]
    summed = np.concatenate([[0.0], np.cumsum(daily)])
    return VolumeIndex({first_of(m): index[m] for m in months}, begin, summed)
