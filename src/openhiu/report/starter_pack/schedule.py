"""Dates for the steps: a go-live date and the day of the plan come in; for each step the latest
days on which it can begin and end, and what can no longer be done in time, go out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from graphlib import TopologicalSorter

from openhiu.report.starter_pack.steps import Step
from openhiu.report.starter_pack.workdays import Workdays


@dataclass(frozen=True)
class Dated:
    """A step with its days. `begins` and `ends` are the latest ones that keep the go-live date;
    `soonest` is the earliest day on which it can end if all begins today. `slack` are the working
    days between the two: how long it can wait, negative where it can no longer be in time.
    """

    step: Step
    begins: date
    ends: date
    soonest: date
    slack: int
    done: bool = False

    @property
    def late(self) -> bool:
        """Whether it cannot be finished by its day any more."""
        return not self.done and self.slack < 0


@dataclass(frozen=True)
class Schedule:
    """Every step in the order in which it begins. `earliest` is the first day on which the service
    could go live if every step began as soon as it can.
    """

    as_of: date
    goes_live: date
    steps: tuple[Dated, ...]
    earliest: date

    @property
    def late(self) -> tuple[Dated, ...]:
        """What cannot be done in time any more."""
        return tuple(one for one in self.steps if one.late)

    @property
    def in_time(self) -> bool:
        """Whether everything can still be done before the go-live date."""
        return not self.late

    @property
    def next(self) -> Dated | None:
        """The first step to begin; None where all is done."""
        return next((one for one in self.steps if not one.done), None)

    def of(self, key: str) -> Dated:
        """The step of this key."""
        return next(one for one in self.steps if one.step.key == key)


def plan(
    steps: Sequence[Step], goes_live: date, as_of: date, days: Workdays, *,
    takes: Mapping[str, int] | None = None, done: Collection[str] = (),
) -> Schedule:  # fmt: skip
    """Work back from the day the service goes live.

    A step ends on the working day before the first step that waits for it begins, or before the
    service goes live; forwards, a step begins on the working day after the last it waits for.
    """
    own = takes or {}
    known = [replace(one, takes=own.get(one.key, one.takes)) for one in steps]
    backwards = _backwards(known, goes_live, days)
    forwards = _forwards(known, as_of, days, done)
    dated = (_dated(one, backwards[one.key], forwards[one.key], as_of, days) for one in known)
    in_order = sorted(dated, key=lambda one: (one.begins, one.ends))
    last = max((day for day in forwards.values() if day is not None), default=None)
    earliest = days.on_or_after(as_of) if last is None else days.after(last)
    return Schedule(as_of, goes_live, tuple(in_order), earliest)


def _dated(
    step: Step, span: tuple[date, date], soonest: date | None, as_of: date, days: Workdays
) -> Dated:  # fmt: skip
    begins, ends = span
    if soonest is None:
        return Dated(step, begins, ends, as_of, 0, done=True)
    in_time = soonest <= ends
    apart = days.between(min(soonest, ends), max(soonest, ends)) - 1
    return Dated(step, begins, ends, soonest, apart if in_time else -apart)


def _order(steps: Sequence[Step]) -> list[Step]:
    by_key = {one.key: one for one in steps}
    return [
        by_key[key] for key in TopologicalSorter({s.key: s.after for s in steps}).static_order()
    ]


def _backwards(
    steps: Sequence[Step], goes_live: date, days: Workdays
) -> dict[str, tuple[date, date]]:
    waiting: dict[str, date] = {}
    found: dict[str, tuple[date, date]] = {}
    for one in reversed(_order(steps)):
        ends = days.before(waiting.get(one.key, goes_live))
        begins = days.before(ends, one.takes - 1)
        found[one.key] = (begins, ends)
        for key in one.after:
            waiting[key] = min(waiting.get(key, goes_live), begins)
    return found


def _forwards(
    steps: Sequence[Step], as_of: date, days: Workdays, done: Collection[str]
) -> dict[str, date | None]:
    """The earliest end of every step; None for one that is finished."""
    ends: dict[str, date | None] = {}
    today = days.on_or_after(as_of)
    for one in _order(steps):
        if one.key in done:
            ends[one.key] = None
            continue
        waited = [day for day in (ends[key] for key in one.after) if day is not None]
        begins = max([today, *(days.after(day) for day in waited)])
        ends[one.key] = days.after(begins, one.takes - 1)
    return ends
