"""Clients month by month: a site's rows and its regression come in; what was observed and expected
of its clients in each calendar month of their first year goes out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openhiu.evaluate.expected import Expected
from openhiu.evaluate.plan import VOLUME_FLOOR, W12
from openhiu.evaluate.rows import DAYS_IN_SEGMENT, Rows, day_number

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Month:
    """One calendar month. `squares` is the sum over clients of their expected count squared."""

    first: date
    people: int = 0
    observed: float = 0.0
    expected: float = 0.0
    squares: float = 0.0

    def __add__(self, other: Month) -> Month:
        return Month(
            self.first, self.people + other.people, self.observed + other.observed,
            self.expected + other.expected, self.squares + other.squares,
        )  # fmt: skip


def monthly(rows: Rows, fitted: Expected) -> list[Month]:
    """Every whole month from that of the service's start to the cut, whether anybody was in it.

    A segment without a regression counts for nothing: neither what came nor what was expected.
    """
    among = rows.client & (rows.index < rows.end)
    firsts = _months(rows.service_start, rows.cut)
    # The last edge is the cut: what lies between it and the last month's end is worked out, so
    # that the whole months do not carry it, and then left out.
    edges = np.array([*(day_number(first) for first in firsts), day_number(rows.cut)])
    mu = fitted.mu(rows, among)
    learnt = np.array([segment is not None for segment in fitted.segments], dtype=np.bool_)
    days = _days_at_risk(rows, among, edges, len(learnt))
    days[:, ~learnt, :] = 0.0
    expected = _spread(np.nan_to_num(mu), days, _volumes(rows, firsts))
    seen = _seen(rows, edges, learnt)
    there = (days.sum(axis=1) > 0).sum(axis=0)
    return [
        Month(first, int(there[n]), float(seen[n]), float(expected[:, n].sum()),
              float(expected[:, n] @ expected[:, n]))
        for n, first in enumerate(firsts[:-1])
    ]  # fmt: skip


def _months(start: date, cut: date) -> list[date]:
    """The first days of months from the start's month to the last that is not after the cut."""
    found, year, month = [], start.year, start.month
    while (first := date(year, month, 1)) <= cut:
        found.append(first)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found or [start.replace(day=1)]


def _days_at_risk(
    rows: Rows, among: NDArray[np.bool_], edges: NDArray[np.int64], segments: int
) -> Floats:
    """(clients, segments, months) days of each segment in each month before the end."""
    index, end = rows.index[among, None, None], rows.end[among, None, None]
    begins = index + DAYS_IN_SEGMENT * np.arange(segments)[None, :, None]
    until = np.minimum(begins + DAYS_IN_SEGMENT, end)
    overlap = np.minimum(until, edges[1:]) - np.maximum(begins, edges[:-1])
    return np.asarray(np.maximum(overlap, 0), dtype=np.float64)


def _volumes(rows: Rows, firsts: list[date]) -> Floats:
    return np.maximum([rows.volume_by_month.get(first, 1.0) for first in firsts], VOLUME_FLOOR)


def _spread(mu: Floats, days: Floats, volumes: Floats) -> Floats:
    """(clients, months) each segment's expectation over its days, more where it is busier."""
    weight = days * volumes
    whole = weight.sum(axis=2)
    share = np.divide(mu, whole, out=np.zeros_like(mu), where=whole > 0)
    return np.asarray((share[:, :, None] * weight).sum(axis=1))


def _seen(rows: Rows, edges: NDArray[np.int64], learnt: NDArray[np.bool_]) -> Floats:
    """(months) clients' attendances within the learnt segments of their first year."""
    since = rows.event_day - rows.index[rows.event_row]
    segment = np.minimum(since // DAYS_IN_SEGMENT, len(learnt) - 1)
    counted = (since >= 0) & (since < W12.days) & learnt[segment]
    return np.histogram(rows.event_day[counted], bins=edges)[0].astype(np.float64)
