"""One service week by week: a crowd, the leads and their limits come in; when each person's turn
came and how full each lead was go out. Every run and every number of leads goes forward together.

In a week: support ends, people who need it are picked up again (first, whatever the limits say),
then each lead who is there and below every limit asks the next in the queue, until nobody waits or
nobody has room. Who has left the tier by then is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from openhiu.report.staffing.draws import NEVER, ROUNDS, Crowd, InPost, Whole, Yes

_FULL: Final = np.int32(2**20)


@dataclass(frozen=True)
class Rules:
    """Limits of one lead in people. New people are begun with while fewer than `new_up_to` are
    worked with, fewer than `open_most` are open, and fewer than `a_quarter` were begun with in
    these `quarter` weeks. Above `most` worked with, or above `never_above` open, is overload.
    """

    new_up_to: float
    most: float
    open_most: float
    never_above: float
    a_quarter: float
    quarter: int
    open_for: int
    at_a_distance: float


@dataclass(frozen=True)
class Ran:
    """What happened, by run and number of leads (second axis).

    `turn` (runs, numbers, people) is the week in which somebody's turn came, or NEVER. `above` is
    the share of leads above a limit in some week of the last year, `weeks_above` the share of a
    lead's weeks. `supported` and `waiting` are people by week.
    """

    turn: Whole
    above: NDArray[np.float64]
    weeks_above: NDArray[np.float64]
    supported: NDArray[np.float64]
    waiting: NDArray[np.float64]


class _Service:
    """The state of every run: rows are run by run, the numbers of leads within each."""

    def __init__(self, crowd: Crowd, numbers: Sequence[int], rules: Rules, weeks: int) -> None:
        runs, _ = crowd.shape
        self.rules, self.weeks, self.crowd = rules, weeks, crowd
        self.run = np.repeat(np.arange(runs), len(numbers))
        self.leads = np.tile(np.asarray(numbers), runs)
        self.most_leads = max(numbers)
        rows, leads = len(self.run), self.most_leads
        self.exists = np.arange(leads)[None, :] < self.leads[:, None]
        self.busy = np.zeros((rows, leads), np.int32)
        self.far = np.zeros((rows, leads), np.int32)
        self.new = np.zeros((rows, leads), np.int32)
        # What changes in a week to come; the last column is beyond what is looked at.
        self.busy_by = np.zeros((weeks + 1, rows, leads), np.int16)
        self.far_by = np.zeros((weeks + 1, rows, leads), np.int16)
        self.head = np.zeros(rows, np.int32)
        self.turn = np.full((rows, crowd.shape[1]), NEVER, np.int32)

    def plan(self, rows: Whole, lead: Whole, end: Whole, gaps: Whole, again: Whole) -> None:
        """Write down what follows a course of support that ends in week `end`: open at a distance,
        and each time of being picked up again.
        """
        for turn in range(ROUNDS + 1):
            self._change(self.busy_by, end, rows, lead, -1)
            self._change(self.far_by, end, rows, lead, 1)
            gone = np.minimum(end + self.rules.open_for, NEVER)
            if turn == ROUNDS:
                self._change(self.far_by, gone, rows, lead, -1)
                return
            back = np.minimum(end.astype(np.int64) + gaps[:, turn], NEVER).astype(np.int32)
            self._change(self.far_by, np.minimum(gone, back), rows, lead, -1)
            self._change(self.busy_by, back, rows, lead, 1)
            end = np.minimum(back.astype(np.int64) + again[:, turn], NEVER).astype(np.int32)

    def _change(
        self, by: NDArray[np.int16], at: Whole, rows: Whole, lead: Whole, much: int
    ) -> None:
        np.add.at(by, (np.minimum(at, self.weeks), rows, lead), much)

    def week(self, week: int, there: Yes) -> None:
        """One week forward. `there` is by row and lead."""
        self.busy += self.busy_by[week]
        self.far += self.far_by[week]
        if week % self.rules.quarter == 0:
            self.new[:] = 0
        room = self._room(there)
        rows = np.flatnonzero(room.any(1)).astype(np.int32)
        while len(rows):
            rows = rows[self.head[rows] < self.crowd.shape[1]]
            rows = rows[self.crowd.arrives[self.run[rows], self.head[rows]] <= week]
            if len(rows):
                self._next(rows, week, room)
                rows = rows[room[rows].any(1)]

    def _room(self, there: Yes) -> Whole:
        """How many more each lead may begin with this week."""
        rules = self.rules
        open_now = self.busy + rules.at_a_distance * self.far
        room = np.minimum(rules.new_up_to - self.busy, np.floor(rules.open_most - open_now))
        room = np.minimum(room, rules.a_quarter - self.new)
        return np.where(there & self.exists, np.maximum(room, 0), 0).astype(np.int32)

    def _next(self, rows: Whole, week: int, room: Whole) -> None:
        """The turn of whoever is first in these rows."""
        run, person = self.run[rows], self.head[rows]
        self.turn[rows, person] = week
        self.head[rows] += 1
        takes = self.crowd.says_yes[run, person] & (self.crowd.leaves[run, person] > week)
        rows, run, person = rows[takes], run[takes], person[takes]
        if not len(rows):
            return
        lead = np.argmin(np.where(room[rows] > 0, self.busy[rows], _FULL), axis=1).astype(np.int32)
        room[rows, lead] -= 1
        self.busy[rows, lead] += 1
        self.new[rows, lead] += 1
        end = week + self.crowd.support[run, person]
        self.plan(rows, lead, end, self.crowd.gaps[run, person], self.crowd.again[run, person])


def go(
    crowd: Crowd, numbers: Sequence[int], rules: Rules, away: Yes, *,
    in_post: InPost | None = None, year: int = 52, on: Callable[[int], None] = lambda _: None,
) -> Ran:  # fmt: skip
    """Run every number of leads through every run. `away` is by run, lead and week; overload is
    looked at in the last `year` weeks. `on` is told each week.
    """
    weeks = away.shape[2]
    service = _Service(crowd, numbers, rules, weeks)
    if in_post and in_post.leads:
        _begin(service, in_post)
    rows, leads = service.busy.shape
    seen = np.zeros((rows, leads), bool)
    weeks_above = np.zeros((rows, leads), np.int32)
    supported = np.zeros((rows, weeks))
    for week in range(weeks):
        service.week(week, ~away[service.run, : service.most_leads, week])
        supported[:, week] = service.busy.sum(1)
        if week >= weeks - year:
            above = _above(service)
            seen |= above
            weeks_above += above
        on(week)
    shape = (len(crowd.arrives), len(numbers))
    return Ran(
        turn=service.turn.reshape(*shape, -1),
        above=(seen.sum(1) / service.leads).reshape(shape),
        weeks_above=(weeks_above.sum(1) / service.leads / year).reshape(shape),
        supported=supported.reshape(*shape, -1),
        waiting=_waiting(crowd, service, weeks).reshape(*shape, -1),
    )


def _above(service: _Service) -> Yes:
    """Whether each lead stands above either limit: by row and lead."""
    rules = service.rules
    most = service.busy > rules.most
    open_now = service.busy + rules.at_a_distance * service.far > rules.never_above
    return np.asarray((most | open_now) & service.exists, dtype=bool)


def _begin(service: _Service, in_post: InPost) -> None:
    """Leads in post begin with the people they support already."""
    run = service.run
    for lead in range(min(in_post.leads, service.most_leads)):
        rows = np.flatnonzero(service.exists[:, lead]).astype(np.int32)
        which = np.full(len(rows), lead, np.int32)
        for person in range(in_post.support.shape[2]):
            service.busy[rows, lead] += 1
            at = (run[rows], lead, person)
            service.plan(rows, which, in_post.support[at], in_post.gaps[at], in_post.again[at])
        for person in range(in_post.distance.shape[2]):
            service.far[rows, lead] += 1
            service._change(
                service.far_by, in_post.distance[run[rows], lead, person], rows, which, -1
            )


def _waiting(crowd: Crowd, service: _Service, weeks: int) -> NDArray[np.float64]:
    """People in the queue at the end of each week: come, their turn not yet, not left."""
    rows = len(service.run)
    change = np.zeros((rows, weeks + 1), np.int32)
    row = np.arange(rows)[:, None]
    arrives = crowd.arrives[service.run]
    until = np.minimum(service.turn, crowd.leaves[service.run])
    np.add.at(change, (row, np.minimum(arrives, weeks)), 1)
    np.add.at(change, (row, np.clip(until, arrives, weeks)), -1)
    return np.cumsum(change, axis=1)[:, :weeks].astype(float)
