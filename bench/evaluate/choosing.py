"""The monthly list and the lead's choice: a service nobody is chosen for yet comes in; the same
with who was listed, asked, said no and started goes out.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bench.evaluate.simulator import NEVER, Service

Ints = NDArray[np.int64]


class Register:
    """Attendances by month of everybody who could ever stand on a list."""

    def __init__(self, service: Service) -> None:
        months = len(service.months) - 1
        total = np.bincount(service.person, minlength=service.world.people)
        self.who = np.flatnonzero(total >= 3)
        place = np.full(service.world.people, -1, np.int64)
        place[self.who] = np.arange(len(self.who))
        kept = place[service.person] >= 0
        month = np.searchsorted(service.edges, service.day[kept], side="right") - 1
        key = place[service.person[kept]] * months + month
        counts = np.bincount(key, minlength=len(self.who) * months)
        self.running = np.zeros((len(self.who), months + 1), np.int32)
        np.cumsum(counts.reshape(-1, months), axis=1, out=self.running[:, 1:])

    def last(self, month: int, months: int) -> Ints:
        """Counts in so many months before the first of a month (number)."""
        return self.running[:, month] - self.running[:, max(month - months, 0)]


def ranked(
    service: Service, register: Register, month: int, started: Ints, size: int
) -> tuple[Ints, Ints, Ints]:  # fmt: skip
    """The list of a month: people in order, their counts of 3 and of 12 months."""
    at = service.edges[month]
    recent = register.last(month, 3)
    fit = np.flatnonzero(recent >= 2)
    who = register.who[fit]
    gone = np.minimum(service.died, np.where(service.move_recorded, service.moved, NEVER))[who]
    fit = fit[(gone > at) & (started[who] >= at)]
    who, recent, year = register.who[fit], recent[fit], register.last(month, 12)[fit]
    order = np.lexsort((-who, -year, -recent))[:size]
    return who[order], recent[order], year[order]


def choose(service: Service, draw: np.random.Generator) -> Service:
    """Month by month: who is asked, who says no, who starts on which day."""
    world = service.world
    register = Register(service)
    listed, asked, started, rank = (np.full(world.people, NEVER, np.int64) for _ in range(4))
    no, off = np.zeros(world.people, bool), np.zeros(world.people, bool)
    for month in range(world.months_before, world.months_before + world.intake_months):
        who, recent, year = ranked(service, register, month, started, world.list_size)
        at, days = service.edges[month], service.edges[month + 1] - service.edges[month]
        gone = np.minimum(service.died, service.moved)
        for person in _in_order(service, draw, who, recent, year, register, month):
            day = at + 2 + draw.integers(0, days - 4)
            if gone[person] <= day or started[person] < NEVER or at - 180 <= asked[person] < NEVER:
                continue
            listed[person], asked[person] = at, at + draw.integers(1, day - at + 1)
            place = np.flatnonzero(who == person)
            rank[person] = place[0] + 1 if len(place) else NEVER
            if draw.random() < _refusal(world.say_no, world.unseen * service.unseen[person]):
                no[person] = True
                continue
            no[person], off[person], started[person] = False, not len(place), day
            if np.sum((started >= at) & (started < NEVER)) >= world.starts:
                break
    return replace(service, listed_for=listed, asked=asked, said_no=no, started=started,
                   rank=rank, off_list=off)  # fmt: skip


def _in_order(
    service: Service, draw: np.random.Generator, who: Ints, recent: Ints, year: Ints,
    register: Register, month: int,
) -> list[int]:  # fmt: skip
    """Whom the lead would ask, first to last: by judgement among the first, and now and then
    somebody vulnerable from anywhere.
    """
    world = service.world
    top = who[: world.chosen_from]
    score = (recent[: len(top)] / 3 + 0.3 * np.log(np.maximum(year[: len(top)], 1))
             + service.flag[top] + world.unseen * service.unseen[top]
             + world.judgement_noise * draw.standard_normal(len(top)))  # fmt: skip
    order = list(top[np.argsort(-score)])
    anyone = register.who[register.last(month, 3) >= 1]
    for place in range(min(len(order), 20)):
        if draw.random() < world.vulnerable:
            off = draw.random() < world.vulnerable_off_list
            order.insert(place, draw.choice(anyone if off else who))
    return [int(person) for person in order]


def _refusal(usual: float, lasting: float) -> float:
    """The chance of a no, less for people with lasting use where the unseen leans that way."""
    odds = usual / (1 - usual) * np.exp(-lasting)
    return float(odds / (1 + odds))
