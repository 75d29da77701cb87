"""Chance, drawn once for every number of leads: demand, inputs and a seed come in; who comes when,
how long each would wait and be supported, and when leads are away, go out as arrays of weeks.

The same people, lengths and absences serve one lead and twelve: a difference between numbers of
leads is then the leads', not chance's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from openhiu.report.staffing.demand import Demand
from openhiu.report.staffing.inputs import WEEKS, WEEKS_A_MONTH, Inputs, Known

Whole = NDArray[np.int32]
Yes = NDArray[np.bool_]
NEVER: Final = np.int32(2**30)
ROUNDS: Final = 3  # so often somebody may be picked up again
_SPELL: Final = 2.0  # weeks that a sickness lasts on average


@dataclass(frozen=True)
class Crowd:
    """People by run and place in the queue, in the order in which they come: (runs, people).

    `leaves`: from this week on they are no longer in the tier; `support` includes the weeks between
    yes and start. `gaps` and `again` (runs, people, rounds) are weeks until picked up, or NEVER,
    and the weeks of support then.
    """

    arrives: Whole
    leaves: Whole
    says_yes: Yes
    support: Whole
    gaps: Whole
    again: Whole

    @property
    def shape(self) -> tuple[int, int]:
        """Runs and people."""
        runs, people = self.arrives.shape
        return runs, people


@dataclass(frozen=True)
class InPost:
    """Leads who are in post already, with whom they work: weeks still to run by run, lead and
    person, with rounds of returns; and weeks for which people at a distance still count.
    """

    leads: int
    support: Whole
    gaps: Whole
    again: Whole
    distance: Whole


@dataclass(frozen=True)
class Sets:
    """So many sets of inputs, each run so many times: the rows of every array, set by set."""

    sets: int
    times: int

    @property
    def runs(self) -> int:
        """Rows in all."""
        return self.sets * self.times


class Chance:
    """One stream of chance for each purpose, so that none shifts another."""

    def __init__(self, seed: int, name: str) -> None:
        self._root = [seed, *name.encode()]

    def within(self, name: str) -> Chance:
        """The same for something of its own inside."""
        return Chance(self._root[0], f"{bytes(self._root[1:]).decode()}/{name}")

    def of(self, purpose: str) -> np.random.Generator:
        """The stream of this purpose; the same each time it is asked for."""
        return np.random.default_rng([*self._root, *purpose.encode()])


def crowd(demand: Demand, inputs: Inputs, sets: Sets, weeks: int, chance: Chance) -> Crowd:
    """Everybody in the tier at the start and everybody who comes into it in those weeks."""
    arrives = _arrivals(demand, sets, weeks, chance)
    runs, people = arrives.shape
    leaves = arrives + _stays(demand, sets, people, chance)
    share = _each(_shares(inputs.acceptance, sets, chance.of("acceptance")), sets)
    says_yes = chance.of("yes").random((runs, people)) < share[:, None]
    mean = _each(_means(inputs.support, inputs.spread, sets, chance.of("support mean")), sets)
    first = _lengths(mean[:, None], inputs.spread, (runs, people), chance.of("support"))
    gaps, again = _returns(inputs, mean, sets, people, chance)
    support = _weeks(first + inputs.start)
    return Crowd(arrives, np.where(arrives == NEVER, NEVER, leaves).astype(np.int32), says_yes,
                 support, gaps, again)  # fmt: skip


def _arrivals(demand: Demand, sets: Sets, weeks: int, chance: Chance) -> Whole:
    """Weeks of coming, sorted; those in the tier at the start come first, in week 0."""
    draw = chance.of("arrivals")
    counted = demand.counted
    waiting = np.rint(_each(draw.triangular(
        counted.least, counted.taken_as, max(counted.most, counted.least + 1e-9), sets.sets
    ), sets)).astype(int)  # fmt: skip
    factor = np.exp(demand.spread * draw.standard_normal(sets.sets) - demand.spread**2 / 2)
    months = -(-weeks * 12 // WEEKS)
    by_month = np.full((sets.runs, months), demand.a_year / 12) * _each(factor, sets)[:, None]
    if demand.unevenness > 0:
        shape = 1 / demand.unevenness
        by_month *= draw.gamma(shape, 1 / shape, (sets.runs, months))
    come = draw.poisson(by_month)
    most = int((waiting + come.sum(1)).max(initial=1))
    number = np.arange(most)[None, :]
    ends = waiting[:, None] + np.cumsum(come, axis=1)
    month = (number[:, :, None] >= ends[:, None, :]).sum(2)
    week = ((month + draw.random((sets.runs, most))) * WEEKS_A_MONTH).astype(np.int32)
    week[number < waiting[:, None]] = 0
    week[(number >= ends[:, -1:]) | (week >= weeks)] = NEVER
    return np.sort(week, axis=1)


def _stays(demand: Demand, sets: Sets, people: int, chance: Chance) -> Whole:
    """Weeks until each leaves the tier by themselves, from the curve of those who were left alone;
    after its last month people leave as in its second half.
    """
    draw = chance.of("leaving")
    gone = np.concatenate([[0.0], -np.log(np.clip(demand.stays, 1e-3, 1.0))])
    factor = np.exp(draw.standard_normal(sets.sets) / np.sqrt(demand.left + 1))
    level = draw.exponential(size=(sets.runs, people)) / _each(factor, sets)[:, None]
    later = max((gone[-1] - gone[6]) / 6, gone[-1] / 24, 1e-4)
    months = np.interp(level, gone, np.arange(len(gone)))
    months = np.where(level > gone[-1], len(gone) - 1 + (level - gone[-1]) / later, months)
    return _weeks(np.minimum(months * WEEKS_A_MONTH, 10_000))


def _returns(
    inputs: Inputs, mean: NDArray[np.float64], sets: Sets, people: int, chance: Chance
) -> tuple[Whole, Whole]:
    """Weeks until picked up again, evenly over the window, and how long support lasts then."""
    shape = (sets.runs, people, ROUNDS)
    share = _each(_shares(inputs.returns, sets, chance.of("return share")), sets)
    back = chance.of("back").random(shape) < share[:, None, None]
    gaps = _weeks(chance.of("gap").random(shape) * inputs.return_within)
    length = (mean * inputs.return_support)[:, None, None]
    again = _weeks(_lengths(length, inputs.spread, shape, chance.of("again")))
    comes = np.logical_and.accumulate(back, axis=2)
    return np.where(comes, gaps, NEVER).astype(np.int32), again


def away(inputs: Inputs, leads: int, runs: int, weeks: int, chance: Chance) -> Yes:
    """Whether each lead is away in each week: (runs, leads, weeks). Leave in single weeks spread
    over the year, another pattern for each; sickness in spells.
    """
    each = [_one_away(inputs, runs, weeks, chance.of(f"away {lead}")) for lead in range(leads)]
    return np.stack(each, axis=1)


def _one_away(inputs: Inputs, runs: int, weeks: int, draw: np.random.Generator) -> Yes:
    leave, sick = inputs.settings.leave_weeks, inputs.settings.sickness_weeks
    week = np.arange(weeks)
    begins = draw.random((runs, 1)) * WEEKS
    turn = np.floor((week + 1 + begins) * leave / WEEKS) - np.floor((week + begins) * leave / WEEKS)
    starts = draw.random((runs, weeks)) < sick / WEEKS / _SPELL
    lasts = draw.geometric(1 / _SPELL, (runs, weeks))
    until = np.maximum.accumulate(np.where(starts, week + lasts, 0), axis=1)
    return np.asarray((turn >= 1) | (until > week), dtype=bool)


def in_post(
    inputs: Inputs, leads: int, people: int, far: int, sets: Sets, chance: Chance
) -> InPost:
    """Leads in post with so many people each, and so many at a distance. What support has yet to
    run is an even share of a length that was chosen in proportion to itself.
    """
    open_for = max(1, round(inputs.settings.open_months * WEEKS_A_MONTH))
    mean = np.full(sets.runs, inputs.support.value)
    spread = inputs.spread**2
    support, gaps, again, distance = [], [], [], []
    for lead in range(leads):
        own = chance.within(f"in post {lead}")
        draw = own.of("length")
        whole = draw.gamma(1 / spread + 1, inputs.support.value * spread, (sets.runs, people))
        support.append(_weeks(whole * draw.random((sets.runs, people))))
        found = _returns(inputs, mean, sets, people, own)
        gaps.append(found[0])
        again.append(found[1])
        distance.append(own.of("far").integers(1, open_for + 1, (sets.runs, far), dtype=np.int32))
    return InPost(leads, *(np.stack(one, axis=1) for one in (support, gaps, again, distance)))


def _each(values: NDArray[np.float64], sets: Sets) -> NDArray[np.float64]:
    return np.repeat(values, sets.times)


def _shares(known: Known, sets: Sets, draw: np.random.Generator) -> NDArray[np.float64]:
    """One share a set of inputs, as unsure as so many people leave it."""
    sure = known.of + 1
    value = min(max(known.value, 1e-6), 1 - 1e-6)
    return draw.beta(value * sure, (1 - value) * sure, sets.sets)


def _means(
    known: Known, spread: float, sets: Sets, draw: np.random.Generator
) -> NDArray[np.float64]:
    unsure = spread / np.sqrt(max(known.of, 1.0))
    factor = np.exp(unsure * draw.standard_normal(sets.sets) - unsure**2 / 2)
    return np.asarray(known.value * factor, dtype=float)


def _lengths(
    mean: NDArray[np.float64], spread: float, shape: tuple[int, ...], draw: np.random.Generator
) -> NDArray[np.float64]:
    return np.asarray(draw.gamma(1 / spread**2, spread**2, shape) * mean, dtype=float)


def _weeks(length: NDArray[np.float64]) -> Whole:
    """Whole weeks, one at least."""
    return np.maximum(1, np.rint(length)).astype(np.int32)
