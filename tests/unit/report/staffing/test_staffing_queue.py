"""The queue against what is known without it: Erlang's formula, Little's law, a service without
limits, and a second simulation written as plainly as possible.
"""

from __future__ import annotations

from dataclasses import replace
from math import factorial

import numpy as np
import pytest

from openhiu.report.staffing.draws import NEVER, ROUNDS, Crowd, InPost
from openhiu.report.staffing.queue import Ran, Rules, go

FREE = 100_000
RULES = Rules(new_up_to=FREE, most=FREE, open_most=FREE, never_above=FREE, a_quarter=FREE,
              quarter=13, open_for=26, at_a_distance=1)  # fmt: skip


def crowd_of(
    arrives: np.ndarray, support: np.ndarray, *, leaves: np.ndarray | None = None,
    says_yes: np.ndarray | None = None, gaps: np.ndarray | None = None,
    again: np.ndarray | None = None,
) -> Crowd:  # fmt: skip
    shape = arrives.shape
    rounds = np.full((*shape, ROUNDS), NEVER, np.int32)
    return Crowd(
        arrives.astype(np.int32),
        np.full(shape, NEVER, np.int32) if leaves is None else leaves.astype(np.int32),
        np.ones(shape, bool) if says_yes is None else says_yes,
        support.astype(np.int32),
        rounds if gaps is None else gaps.astype(np.int32),
        np.ones_like(rounds) if again is None else again.astype(np.int32),
    )


def poisson_arrivals(rate: float, runs: int, steps: int, draw: np.random.Generator) -> np.ndarray:
    most = int(rate * steps + 6 * (rate * steps) ** 0.5) + 10
    gaps = draw.exponential(1 / rate, (runs, most))
    times = np.floor(np.cumsum(gaps, axis=1))
    return np.where(times < steps, times, NEVER)


def nobody_away(runs: int, leads: int, steps: int) -> np.ndarray:
    return np.zeros((runs, leads, steps), bool)


def erlang_c_wait(rate: float, mean: float, servers: int) -> float:
    """Mean wait of M/M/n: the chance to wait over the spare rate."""
    offered = rate * mean
    full = offered**servers / factorial(servers) * servers / (servers - offered)
    chance = full / (sum(offered**k / factorial(k) for k in range(servers)) + full)
    return chance * mean / (servers - offered)


@pytest.mark.parametrize(("servers", "load"), [(1, 0.6), (2, 0.7), (4, 0.75)])
def test_without_limits_leaving_or_leave_it_waits_as_erlang_says(servers: int, load: float) -> None:
    """n leads who each work with one at a time are n servers."""
    draw = np.random.default_rng(servers)
    mean, steps, runs = 30.0, 3000, 500
    rate = load * servers / mean
    arrives = poisson_arrivals(rate, runs, steps, draw)
    # A geometric length is the exponential one in whole steps, with the same mean.
    support = draw.geometric(1 / mean, arrives.shape)
    rules = replace(RULES, new_up_to=1, open_for=0)
    ran = go(crowd_of(arrives, support), [servers], rules, nobody_away(runs, servers, steps))
    settled = (arrives > 800) & (arrives < steps - 800) & (ran.turn[:, 0] != NEVER)
    wait = (ran.turn[:, 0] - arrives)[settled].mean()
    assert wait == pytest.approx(erlang_c_wait(rate, mean, servers), rel=0.08)


def test_a_service_that_nobody_waits_for_holds_rate_times_length() -> None:
    """M/G/infinity: 0.5 a step who stay 40 are 20 at a time, and vary as Poisson does."""
    draw = np.random.default_rng(5)
    runs, steps = 200, 600
    arrives = poisson_arrivals(0.5, runs, steps, draw)
    support = np.maximum(1, np.rint(draw.gamma(4, 10, arrives.shape)))
    ran = go(crowd_of(arrives, support), [1], RULES, nobody_away(runs, 1, steps))
    held = ran.supported[:, 0, 200:]
    assert held.mean() == pytest.approx(20, rel=0.02)
    assert held[:, -1].var() == pytest.approx(20, rel=0.25)
    assert ran.waiting.max() == 0


def small_service(seed: int = 3, runs: int = 12, people: int = 160) -> tuple[Crowd, np.ndarray]:
    """Everything at once: leaving, no, returns, leave."""
    draw = np.random.default_rng(seed)
    arrives = np.sort(draw.integers(0, 104, (runs, people)), axis=1)
    arrives[:, :40] = 0
    gaps = np.where(draw.random((runs, people, ROUNDS)) < 0.4,
                    draw.integers(1, 30, (runs, people, ROUNDS)), NEVER)  # fmt: skip
    gaps = np.where(np.minimum.accumulate(gaps < NEVER, axis=2), gaps, NEVER)
    crowd = crowd_of(
        arrives, draw.integers(4, 26, (runs, people)),
        leaves=arrives + draw.integers(1, 90, (runs, people)),
        says_yes=draw.random((runs, people)) < 0.6, gaps=gaps,
        again=draw.integers(1, 12, (runs, people, ROUNDS)),
    )  # fmt: skip
    return crowd, draw.random((runs, 6, 104)) < 0.18


LIMITS = Rules(new_up_to=5, most=6, open_most=12, never_above=13, a_quarter=4, quarter=13,
               open_for=20, at_a_distance=1)  # fmt: skip


class Plainly:
    """The same service as one would tell it: one run, one person at a time, no arrays."""

    def __init__(self, crowd: Crowd, run: int, leads: int, rules: Rules, away: np.ndarray) -> None:
        self.crowd, self.run, self.rules, self.away = crowd, run, rules, away[run]
        self.leads, self.weeks = range(leads), away.shape[2]
        self.spells: list[list[tuple[int, int, str]]] = [[] for _ in self.leads]
        self.turn = [int(NEVER)] * crowd.arrives.shape[1]
        self.begun = [0] * leads
        self.over = [False] * leads
        self.head = 0
        self.supported = [self.week(week) for week in range(self.weeks)]

    def holds(self, lead: int, week: int, kind: str) -> int:
        theirs = self.spells[lead]
        return sum(1 for start, end, what in theirs if what == kind and start <= week < end)

    def follow(self, lead: int, person: int, week: int) -> None:
        theirs, distance = self.spells[lead], self.rules.open_for
        end = week + int(self.crowd.support[self.run, person])
        theirs.append((week, end, "with"))
        rounds = self.crowd.gaps[self.run, person], self.crowd.again[self.run, person]
        for gap, again in zip(*rounds, strict=True):
            back = end + int(gap)
            theirs.append((end, min(end + distance, back), "far"))
            if gap == NEVER:
                return
            theirs.append((back, back + int(again), "with"))
            end = back + int(again)
        theirs.append((end, end + distance, "far"))

    def room(self, lead: int, week: int) -> int:
        if self.away[lead, week]:
            return 0
        busy, far = (self.holds(lead, week, kind) for kind in ("with", "far"))
        return max(0, int(min(self.rules.new_up_to - busy, self.rules.open_most - busy - far,
                              self.rules.a_quarter - self.begun[lead])))  # fmt: skip

    def week(self, week: int) -> int:
        if week % self.rules.quarter == 0:
            self.begun = [0 for _ in self.leads]
        room = [self.room(lead, week) for lead in self.leads]
        while any(room) and self.head < len(self.turn):
            person = self.head
            if self.crowd.arrives[self.run, person] > week:
                break
            self.head += 1
            self.turn[person] = week
            left = self.crowd.leaves[self.run, person] <= week
            if not left and self.crowd.says_yes[self.run, person]:
                free = [lead for lead in self.leads if room[lead]]
                lead = min(free, key=lambda each: (self.holds(each, week, "with"), each))
                self.follow(lead, person, week)
                room[lead] -= 1
                self.begun[lead] += 1
        held = [self.holds(lead, week, "with") for lead in self.leads]
        if week >= self.weeks - 52:
            for lead in self.leads:
                everyone = held[lead] + self.holds(lead, week, "far")
                self.over[lead] |= held[lead] > self.rules.most or everyone > self.rules.never_above
        return sum(held)


@pytest.mark.parametrize("leads", [1, 2, 5])
def test_it_agrees_with_a_second_simulation_written_plainly(leads: int) -> None:
    crowd, away = small_service()
    ran = go(crowd, [1, 2, 5], LIMITS, away)
    column = [1, 2, 5].index(leads)
    for run in range(4):
        plain = Plainly(crowd, run, leads, LIMITS, away)
        assert ran.turn[run, column].tolist() == plain.turn
        assert ran.supported[run, column].tolist() == plain.supported
        assert ran.above[run, column] == pytest.approx(sum(plain.over) / leads)


def everyone(ran: Ran, crowd: Crowd, column: int, week: int) -> dict[str, np.ndarray]:
    """Where everybody is who has come by the end of a week."""
    turn, come = ran.turn[:, column], crowd.arrives <= week
    asked = come & (turn <= week) & (turn < crowd.leaves)
    gone = come & ~asked & (crowd.leaves <= np.minimum(turn, week))
    return {
        "come": come.sum(1), "began": (asked & crowd.says_yes).sum(1),
        "said no": (asked & ~crowd.says_yes).sum(1), "left": gone.sum(1),
        "waiting": ran.waiting[:, column, week],
    }  # fmt: skip


def test_everybody_is_supported_waits_left_or_said_no() -> None:
    crowd, away = small_service()
    ran = go(crowd, [1, 3], LIMITS, away)
    for column in (0, 1):
        for week in (0, 30, 103):
            found = everyone(ran, crowd, column, week)
            told = found["began"] + found["said no"] + found["left"] + found["waiting"]
            assert told.tolist() == found["come"].tolist()


def test_people_waiting_summed_over_weeks_are_their_waits() -> None:
    """Little's law, exactly: nobody is lost between the queue and the clock."""
    crowd, away = small_service()
    ran = go(crowd, [2], LIMITS, away)
    until = np.minimum(np.minimum(ran.turn[:, 0], crowd.leaves), 104)
    waits = np.clip(until - crowd.arrives, 0, None).sum(1)
    assert ran.waiting[:, 0].sum(1).tolist() == waits.tolist()


def test_one_more_lead_makes_nobody_wait_longer_on_the_whole() -> None:
    crowd, away = small_service(runs=40)
    numbers = [1, 2, 3, 4, 5, 6]
    ran = go(crowd, numbers, LIMITS, away)
    waits = np.clip(np.minimum(ran.turn, 104) - crowd.arrives[:, None], 0, None).sum(2)
    assert (np.diff(waits, axis=1) <= 0).all()
    reached = ((ran.turn < 52) & (ran.turn < crowd.leaves[:, None])).sum(2)
    assert (np.diff(reached.mean(0)) >= 0).all()


def test_a_lead_who_is_away_begins_with_nobody() -> None:
    arrives = np.zeros((1, 5))
    away = nobody_away(1, 1, 60)
    away[:, :, :7] = True
    ran = go(crowd_of(arrives, np.full((1, 5), 4)), [1], RULES, away)
    assert ran.turn[0, 0].tolist() == [7] * 5


def test_people_picked_up_again_go_first_even_above_the_limit() -> None:
    """Two places. The first is picked up in week 6: 3 are worked with, and nobody new comes."""
    arrives = np.array([[0, 0, 4, 5]])
    gaps = np.full((1, 4, ROUNDS), NEVER)
    gaps[0, 0, 0] = 2
    crowd = crowd_of(arrives, np.array([[4, 30, 30, 30]]), gaps=gaps, again=np.full_like(gaps, 8))
    rules = replace(RULES, new_up_to=2, most=2)
    ran = go(crowd, [1], rules, nobody_away(1, 1, 20), year=20)
    assert ran.turn[0, 0, :3].tolist() == [0, 0, 4]
    assert ran.turn[0, 0, 3] == NEVER
    assert ran.supported[0, 0].tolist() == [2, 2, 2, 2, 2, 2, *[3] * 8, *[2] * 6]
    assert ran.above[0, 0] == 1
    assert ran.weeks_above[0, 0] == pytest.approx(8 / 20)


def test_open_at_a_distance_counts_as_much_as_it_is_told_to() -> None:
    """Each stays 2 weeks and counts 26 more: with three at once, the fourth waits for the first."""
    arrives = np.zeros((1, 4))
    rules = replace(RULES, open_most=3, open_for=26)
    ran = go(crowd_of(arrives, np.full((1, 4), 2)), [1], rules, nobody_away(1, 1, 60))
    assert ran.turn[0, 0].tolist() == [0, 0, 0, 28]
    light = replace(rules, at_a_distance=0.1)
    ran = go(crowd_of(arrives, np.full((1, 4), 2)), [1], light, nobody_away(1, 1, 60))
    assert ran.turn[0, 0].tolist() == [0, 0, 0, 2]


def test_no_more_are_begun_with_in_a_quarter_than_the_limit() -> None:
    ran = go(crowd_of(np.zeros((1, 10)), np.ones((1, 10))), [1, 2], replace(RULES, a_quarter=2),
             nobody_away(1, 2, 60))  # fmt: skip
    assert ran.turn[0, 0].tolist() == [0, 0, 13, 13, 26, 26, 39, 39, 52, 52]
    assert ran.turn[0, 1].tolist() == [0] * 4 + [13] * 4 + [26] * 2


def test_a_lead_in_post_begins_with_the_people_there_are() -> None:
    """Two places are taken for 5 and for 9 weeks, and one more is open for 3."""
    never = np.full((1, 1, 2, ROUNDS), NEVER, np.int32)
    begun = InPost(1, np.array([[[5, 9]]], np.int32), never, np.ones_like(never),
                   np.array([[[3]]], np.int32))  # fmt: skip
    rules = replace(RULES, new_up_to=2, open_for=0)
    crowd = crowd_of(np.zeros((1, 2)), np.full((1, 2), 50))
    ran = go(crowd, [1, 2], rules, nobody_away(1, 2, 60), in_post=begun)
    assert ran.turn[0, 0].tolist() == [5, 9]
    assert ran.turn[0, 1].tolist() == [0, 0]
