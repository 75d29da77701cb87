"""The rows of a simulated service, straight from memory: what `openhiu.evaluate` makes of the files
of the same service, without writing and reading them (a test holds the two together).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from bench.evaluate.choosing import Register, ranked
from bench.evaluate.simulator import NEVER, Service
from openhiu.evaluate.rows import (
    BEFORE_SPANS,
    DAYS_IN_SEGMENT,
    HISTORY_SPANS,
    SEGMENTS,
    Rows,
    day_number,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_WIDE = 100_000


class _Days:
    """Attendances by person and day, ready to be counted between two days."""

    def __init__(self, service: Service) -> None:
        self.key = service.person * _WIDE + service.day
        assert np.all(np.diff(self.key) >= 0)

    def between(self, person: Ints, start: Ints, end: Ints) -> Floats:
        """How many of each person from `start` until before `end`."""
        low = np.searchsorted(self.key, person * _WIDE + np.maximum(start, 0))
        high = np.searchsorted(self.key, person * _WIDE + np.maximum(end, 0))
        return np.maximum(high - low, 0).astype(np.float64)


def rows_of(service: Service, site: str = "SIM01", *, cut_months: int | None = None) -> Rows:
    """The rows of a site; `cut_months` after the start of the service the data end (all of it)."""
    world, edges = service.world, service.edges
    until = world.months_before + (cut_months or world.months_after)
    cut = int(edges[until])
    person, anchor, rank = _lists(service, until)
    started, died = service.started, service.died
    moved = np.where(service.move_recorded, service.moved, NEVER)
    month = np.searchsorted(edges, anchor, side="right") - 1
    start = started[person]
    client = (start >= anchor) & (start < edges[month + 1])
    lag = int(np.median((start - anchor)[client])) if client.any() else 0
    index = np.where(client, start, anchor + lag)
    gone = np.minimum(np.minimum(died, moved), cut)[person]
    stays = (client | ((start >= edges[month + 1]) & (index < gone))) & (index < cut)
    person, anchor, rank, client, index, end = (
        part[stays] for part in (person, anchor, rank, client, index, gone)
    )
    order = np.lexsort((rank, anchor))
    person, anchor, rank, client, index, end = (
        part[order] for part in (person, anchor, rank, client, index, end)
    )
    return _fill(service, site, cut, person, anchor, rank, client, index, end)


def _lists(service: Service, until: int) -> tuple[Ints, Ints, Ints]:
    """Everybody on every monthly list: person, list date and place, until the data end."""
    register = Register(service)
    people, anchors, ranks = [], [], []
    for month in range(12, until):
        who, _, _ = ranked(service, register, month, service.started, service.world.list_size)
        people.append(who)
        anchors.append(np.full(len(who), service.edges[month]))
        ranks.append(np.arange(1, len(who) + 1))
    return np.concatenate(people), np.concatenate(anchors), np.concatenate(ranks)


def _fill(
    service: Service, site: str, cut: int, person: Ints, anchor: Ints, rank: Ints,
    client: NDArray[np.bool_], index: Ints, end: Ints,
) -> Rows:  # fmt: skip
    days, level = _Days(service), _Volume(service, cut)
    origin = day_number(service.first)
    spans = [(anchor - far, anchor - near) for far, near in HISTORY_SPANS]
    starts = [index + DAYS_IN_SEGMENT * g for g in range(SEGMENTS)]
    ends = [start + DAYS_IN_SEGMENT for start in starts]
    seen = [days.between(person, s, np.minimum(e, end)) for s, e in zip(starts, ends, strict=True)]
    share = [np.clip((np.minimum(e, end) - s) / DAYS_IN_SEGMENT, 0, 1)
             for s, e in zip(starts, ends, strict=True)]  # fmt: skip
    month = np.searchsorted(service.edges, anchor, side="right") - 1
    recent = days.between(person, service.edges[month - 3], anchor)
    earlier = days.between(person, service.edges[month - 12], service.edges[month - 3])
    before = [days.between(person, index - span, index) for span in BEFORE_SPANS]
    asked = service.asked[person]
    said_no = ~client & service.said_no[person] & (asked >= anchor)
    said_no &= asked < service.edges[np.minimum(month + 1, len(service.edges) - 1)]
    number = np.unique(person, return_inverse=True)[1]
    event_row, event_day = _events(service, person, index, end, client)
    return Rows(
        site=site, service_start=service.months[service.world.months_before],
        cut=service.first + timedelta(days=cut), first_data=service.first,
        person=number.astype(np.int64), client=client,
        anchor=(anchor + origin).astype(np.int32), index=(index + origin).astype(np.int32),
        end=(end + origin).astype(np.int32), rank=rank.astype(np.int32),
        history=np.column_stack([days.between(person, s, e) for s, e in spans]),
        history_volume=np.column_stack([level.mean(s, e) for s, e in spans]),
        recent3=recent.astype(np.int32), earlier9=earlier.astype(np.int32),
        age=_age(service, person, month), female=service.female[person],
        flag=service.flag[person], has_flag=True, said_no=said_no,
        exposure=np.column_stack(share),
        volume=np.column_stack([level.mean(s, e) for s, e in zip(starts, ends, strict=True)]),
        outcomes={"attendances": np.column_stack(seen)},
        before={"attendances": np.column_stack(before)},
        event_row=event_row, event_day=event_day + np.int32(origin),
        volume_by_month=level.by_month,
    )  # fmt: skip


def born_on(service: Service) -> NDArray[np.datetime64]:
    """Dates of birth, from the age on the first day of the data."""
    days = (service.age * 365.25).astype(np.int64)
    return np.asarray(np.datetime64(service.first, "D") - days)


def _age(service: Service, person: Ints, month: Ints) -> Floats:
    """Whole years on the first of a month (by its number)."""
    born = born_on(service)[person]
    in_month = born.astype("datetime64[M]")
    late = (born - in_month.astype("datetime64[D]")).astype(np.int64) > 0
    lists = np.datetime64(service.first, "M") + month
    return np.floor(((lists - in_month).astype(np.int64) - late) / 12)


class _Volume:
    """The department's volume, as an index whose mean is 1 in the year before the service."""

    def __init__(self, service: Service, cut: int) -> None:
        world, edges = service.world, service.edges
        until = int(np.searchsorted(edges, cut))
        counts = np.histogram(service.day, bins=edges)[0][:until].astype(np.float64)
        year = counts[world.months_before - 12 : world.months_before]
        index = counts / year.mean()
        self.by_month = dict(zip(service.months[:until], (float(v) for v in index), strict=True))
        daily = np.repeat(index, np.diff(edges)[:until])
        self.running = np.concatenate([[0.0], np.cumsum(daily)])

    def mean(self, start: Ints, end: Ints) -> Floats:
        """The mean index of the days from `start` until before `end`, as far as the data reach."""
        last = len(self.running) - 1
        low, high = np.clip(start, 0, last), np.clip(end, 0, last)
        total = self.running[high] - self.running[low]
        return np.where(high > low, total / np.maximum(high - low, 1), 1.0)


def _events(
    service: Service, person: Ints, index: Ints, end: Ints, client: NDArray[np.bool_]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:  # fmt: skip
    rows, days = [], []
    for row in np.flatnonzero(client):
        first, last = np.searchsorted(service.person, [person[row], person[row] + 1])
        theirs = service.day[first:last]
        theirs = theirs[(theirs >= index[row]) & (theirs < end[row])]
        rows.append(np.full(len(theirs), row))
        days.append(theirs)
    if not rows:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    return np.concatenate(rows).astype(np.int32), np.concatenate(days).astype(np.int32)


def until(rows: Rows, months: int) -> Rows:
    """The same rows read so many months after the start of the service: later starts and later
    follow-up do not count (clients enter windows only when complete, so nothing else changes).
    """
    day = rows.service_start
    total = day.year * 12 + day.month - 1 + months
    return replace(rows, cut=day.replace(year=total // 12, month=total % 12 + 1))
