"""One simulated hospital and its service: a world and a seed come in; people, every attendance as
it would have been without support, and the roster of who was asked and started go out.

Support is laid over afterwards by thinning (`with_effect`), so that truths are paired: the same
people, the same crises, with and without.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from bench.evaluate.scenario import World

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
NEVER = 10**6


@dataclass(frozen=True, eq=False)
class Service:
    """Days are counted from the first of the data. `person` and `day` hold the attendances, sorted
    by person and day; `died`, `moved`, `started`, `asked` one day a person (NEVER: not at all).
    """

    world: World
    months: tuple[date, ...]
    edges: Ints
    volume: Floats
    person: Ints
    day: Ints
    age: Floats
    female: NDArray[np.bool_]
    flag: NDArray[np.bool_]
    died: Ints
    moved: Ints
    move_recorded: NDArray[np.bool_]
    unseen: Floats
    listed_for: Ints
    asked: Ints
    said_no: NDArray[np.bool_]
    started: Ints
    rank: Ints
    off_list: NDArray[np.bool_]
    effect: Floats

    @property
    def first(self) -> date:
        """The first day of the data."""
        return self.months[0]


def simulate(world: World, seed: int) -> Service:
    """A service without effect."""
    from bench.evaluate.choosing import choose

    draw = np.random.default_rng(seed)
    months = _months(world)
    edges = np.array([(month - months[0]).days for month in months], dtype=np.int64)
    volume = _department(world, draw)
    base = world.middle * np.exp(world.spread * draw.standard_normal(world.people))
    tail = draw.random(world.people) < world.tail_share
    base[tail] = np.minimum(
        world.tail_least * (1 - draw.random(tail.sum())) ** (-1 / world.tail_power), world.tail_most
    )
    age, female, flag = _who(world, draw, base, tail)
    crisis = np.bincount(_crises(world, draw, base), minlength=world.people)
    lively = np.flatnonzero(tail | (crisis > 0) | (base > 1.2))
    rate, bad, unseen = _paths(world, draw, base[lively], tail[lively], crisis[lively])
    died = _deaths(world, draw, age, flag, lively, rate + bad, bad, edges)
    moved = _exponential_days(draw, np.full(world.people, world.moves))
    recorded = draw.random(world.people) >= world.moves_unrecorded
    person, day = _events(draw, base, lively, (rate + bad) * volume, volume, edges)
    there = day < np.minimum(died, moved)[person]
    person, day = person[there], day[there]
    order = np.lexsort((day, person))
    hidden = np.zeros(world.people)
    hidden[lively] = unseen
    nobody = np.full(world.people, NEVER, np.int64)
    no = np.zeros(world.people, bool)
    return choose(
        Service(world, months, edges, volume, person[order], day[order], age, female, flag, died,
                moved, recorded, hidden, nobody, nobody, no, nobody, nobody, no,
                np.zeros(world.people)), draw,
    )  # fmt: skip


def with_effect(service: Service, reduction: float, seed: int) -> tuple[Service, float]:
    """The same service where support takes away a share of what would have been; and the truth.

    Where effects are mixed, a third of clients have none and the others more, flagged people most:
    the truth is then the share of attendances taken away in expectation (percent).
    """
    draw = np.random.default_rng([seed, round(reduction * 1000)])
    own = np.full(len(service.started), reduction)
    if service.world.mixed_effect:
        kind = draw.random(len(own))
        own = np.where(kind < 1 / 3, 0.0, reduction * (1.35 + 0.3 * service.flag))
        own = np.clip(own, 0, 0.95)
    after = service.day >= service.started[service.person]
    lost = after & (draw.random(len(after)) < own[service.person])
    weight = own[service.person[after]]
    truth = 100 * float(weight.mean()) if len(weight) else 100 * reduction
    kept = ~lost
    changed = replace(service, person=service.person[kept], day=service.day[kept], effect=own)
    return changed, truth


def _months(world: World) -> tuple[date, ...]:
    start = world.service_start.year * 12 + world.service_start.month - 1 - world.months_before
    count = world.months_before + world.months_after + 1
    return tuple(date((start + i) // 12, (start + i) % 12 + 1, 1) for i in range(count))


def _department(world: World, draw: np.random.Generator) -> Floats:
    """By month: season, trend, the site's own ups and downs, and what happens at launch."""
    month = np.arange(world.months_before + world.months_after)
    wave = 1 + world.season * np.cos(2 * np.pi * (month - 0.5) / 12)
    drift = np.zeros(len(month))
    for i in month[1:]:
        drift[i] = 0.7 * drift[i - 1] + world.noise * draw.standard_normal()
    level = np.where(month < world.months_before, 1.0, world.launch)
    growth = (1 + world.trend) ** ((month - world.months_before) / 12)
    return np.asarray(wave * growth * np.exp(drift) * level)


def _who(
    world: World, draw: np.random.Generator, base: Floats, tail: NDArray[np.bool_]
) -> tuple[Floats, NDArray[np.bool_], NDArray[np.bool_]]:  # fmt: skip
    """Age on the first day of the data, sex and social flag: flags go with frequent use."""
    age = 18 + 74 * draw.beta(1.15, 1.75, world.people)
    chance = np.where(tail, 0.30 + 0.12 * np.log(np.maximum(base, 1)), 0.05)
    return (
        age,
        draw.random(world.people) < 0.51,
        draw.random(world.people) < np.minimum(chance, 0.8),
    )


def _crises(world: World, draw: np.random.Generator, base: Floats) -> Ints:
    """Who has a crisis at some time: a person once for each."""
    years = (world.months_before + world.months_after) / 12
    lean = np.sqrt(base)
    lean /= lean.mean()
    count = draw.poisson(world.crises * years * world.people)
    ladder = np.cumsum(lean)
    return np.searchsorted(ladder, np.sort(draw.random(count)) * ladder[-1])


def _paths(
    world: World, draw: np.random.Generator, base: Floats, tail: NDArray[np.bool_], crisis: Ints
) -> tuple[Floats, Floats, Floats]:  # fmt: skip
    """(k, months) own rate a month with its wobble, and crises on top; and what nobody sees: how
    lasting a person's use is (standardised).
    """
    months = world.months_before + world.months_after
    sd = np.where(tail, world.wobble, 0.6 * world.wobble)
    wobble = np.empty((len(base), months))
    level = draw.standard_normal(len(base))
    stays = world.wobble_stays
    for month in range(months):
        wobble[:, month] = level
        level = stays * level + np.sqrt(1 - stays**2) * draw.standard_normal(len(base))
    rate = (base / 12)[:, None] * np.exp(sd[:, None] * wobble - (sd**2 / 2)[:, None])
    bad = np.zeros_like(rate)
    who = np.repeat(np.arange(len(base)), crisis)
    start = draw.integers(-3, months, len(who))
    length = 1 + draw.geometric(1 / world.crisis_months, len(who)) - 1
    height = world.crisis_least * (1 - draw.random(len(who))) ** (-1 / world.crisis_power)
    height = np.minimum(height, world.crisis_most)
    for step in range(int(length.max(initial=0))):
        month = start + step
        on = (step < length) & (month >= 0) & (month < months)
        np.add.at(bad, (who[on], month[on]), height[on])
    shape = world.gamma_shape
    rate *= draw.gamma(shape, 1 / shape, rate.shape)
    total = bad.sum(axis=1)
    share = base / (base + 12 * total / months)
    return rate, bad, (share - 0.5) / 0.35


def _deaths(
    world: World, draw: np.random.Generator, age: Floats, flag: NDArray[np.bool_], lively: Ints,
    rate: Floats, bad: Floats, edges: Ints,
) -> Ints:  # fmt: skip
    """The day each dies: by age, social flag, use and crisis."""
    a_year = world.deaths * 0.0009 * np.exp(0.075 * (age - 40)) * np.where(flag, 2.0, 1.0)
    day = _exponential_days(draw, np.minimum(a_year, 0.5))
    extra = np.minimum(a_year[lively], 0.3)[:, None] * (1 + 1.5 * np.log1p(rate))
    extra = (extra + 0.055 * np.log1p(rate) + 0.08 * np.log1p(bad)) / 12
    falls = draw.random(extra.shape) < extra
    first = falls.argmax(axis=1)
    within = edges[first] + (draw.random(len(first)) * np.diff(edges)[first]).astype(np.int64)
    day[lively] = np.where(falls.any(axis=1), within, NEVER)
    return day


def _exponential_days(draw: np.random.Generator, a_year: Floats) -> Ints:
    return np.minimum(365.25 * draw.exponential(1 / a_year), NEVER).astype(np.int64)


def _events(
    draw: np.random.Generator, base: Floats, lively: Ints, rate: Floats, volume: Floats,
    edges: Ints,
) -> tuple[Ints, Ints]:  # fmt: skip
    """Every attendance: month by month for lively people, in one throw for all the others."""
    length = np.diff(edges)
    counts = draw.poisson(rate)
    who, month = np.nonzero(counts)
    times = counts[who, month]
    people, months = np.repeat(lively[who], times), np.repeat(month, times)
    calm = base.copy()
    calm[lively] = 0.0
    ladder = np.cumsum(calm)
    many = draw.poisson(ladder[-1] / 12 * volume.sum())
    others = np.searchsorted(ladder, np.sort(draw.random(many)) * ladder[-1])
    when = np.searchsorted(np.cumsum(volume), draw.random(many) * volume.sum())
    person, months = np.concatenate([people, others]), np.concatenate([months, when])
    day = edges[months] + (draw.random(len(months)) * length[months]).astype(np.int64)
    return person, day


def day_to_date(service: Service, day: int) -> date:
    """A day of the simulation on the calendar."""
    return service.first + timedelta(days=int(day))
