"""Clients whose truth is known: a world and a seed come in; caseloads with every attendance, and
the day on which things got hard again, go out.

A stable rate (mean 1.15 a month, median 0.73), a wobble from month to month, noise from week to
week, and then a sudden return to the rate before support (median 3.2 times the stable one). How
much wobble, noise and spread there is was set so that the fixed thresholds and the rule come near
the figures measured when the rule was designed (bench/monitor/measure.py has them).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from openhiu.monitor.watched import Event, Watched

FIRST = date(2024, 1, 1)
_MONTH = 30.4


@dataclass(frozen=True)
class World:
    """What is assumed. Rates are attendances a month; spreads are of logarithms."""

    clients: int = 50
    mean: float = 1.15
    median: float = 0.73
    wobble: float = 0.4  # from month to month
    noise: float = 0.45  # from week to week
    rise: float = 3.2  # median; back to the rate before support
    rise_spread: float = 0.7
    alike: float = 0.75  # how much more alike rates before support are than stable ones
    before: int = 208  # days of the baseline and the four weeks
    stable: int = 365  # days that are watched for false alerts
    after: int = 56


@dataclass(frozen=True)
class Caseload:
    """Clients with their attendances; `returned` is the day on which each one's rate rose, and
    `rise` by how much. Before it they are stable.
    """

    watched: list[Watched]
    first: date
    from_day: date
    returned: list[date]
    rise: list[float]
    until: date


def simulate(world: World, seed: int) -> Caseload:
    """One caseload: a baseline, a stable year, and eight weeks after the return."""
    dice = np.random.default_rng(seed)
    days = world.before + world.stable + world.after
    spread = np.sqrt(2 * np.log(world.mean / world.median))
    steady = spread * dice.normal(size=world.clients)
    rate = world.median * np.exp(steady) / _MONTH
    before = world.rise_spread * dice.normal(size=world.clients) - world.alike * steady
    rise = world.rise * np.exp(before)
    daily = np.repeat(rate[:, None], days, axis=1)
    daily *= _bumps(dice, world.clients, days, 30, world.wobble)
    daily *= _bumps(dice, world.clients, days, 7, world.noise)
    daily[:, world.before + world.stable :] *= rise[:, None]
    came = dice.poisson(daily)
    hour = dice.integers(0, 24 * 60, size=(world.clients, days))
    began = world.before + world.stable
    return Caseload(
        [_client(f"c{n:03d}", came[n], hour[n]) for n in range(world.clients)],
        FIRST,
        FIRST + timedelta(days=world.before),
        [FIRST + timedelta(days=began)] * world.clients,
        rise.tolist(),
        FIRST + timedelta(days=days),
    )


def _bumps(
    dice: np.random.Generator, clients: int, days: int, length: int, spread: float
) -> np.ndarray:
    """A factor for each stretch of so many days, 1 on average."""
    stretches = -(-days // length)
    bumps = np.exp(spread * dice.normal(size=(clients, stretches)) - spread**2 / 2)
    return np.repeat(bumps, length, axis=1)[:, :days]


def _client(ref: str, came: np.ndarray, minute: np.ndarray) -> Watched:
    start = datetime.combine(FIRST, datetime.min.time())
    events = [
        Event("attendance", start + timedelta(days=int(day), minutes=int(minute[day]) + n), None,
              "SIM01", source_ref=f"{ref}-{day}-{n}")
        for day in np.flatnonzero(came)
        for n in range(int(came[day]))
    ]  # fmt: skip
    return Watched(ref, supported_since=FIRST, last_contact_on=FIRST, events=tuple(events))
