"""How unusual somebody's last four weeks are for them: their attendances and those of everybody
supported come in; the number that was to be expected and a chance go out.

A gamma-Poisson baseline (docs/explanation/early-warning.md): the caseload says what is usual, the
client's own time before the last four weeks says what is usual for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from openhiu.locality import EarlyWarning
from openhiu.monitor.watched import ATTENDANCE, Happened, Seen, Signal, in_words

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Prior(NamedTuple):
    """What is usual in a caseload: a gamma distribution of daily rates.

    `shape` is None where the clients do not differ more than chance would have it: everybody then
    has the `rate` of the caseload, in attendances a day; else `rate` is the gamma's, in days.
    """

    shape: float | None
    rate: float


class Judged(NamedTuple):
    """What stands behind one verdict: attendances in the days judged and in the own baseline, the
    days of that, the number to be expected, and the chance of as many or more.
    """

    came: int
    own_count: int
    own_days: int
    usual: float
    chance: float


def prior_of(counts: Sequence[int] | Ints, days: Sequence[int] | Ints) -> Prior | None:
    """The moments of a caseload: `counts[i]` attendances of client i in `days[i]` days.

    With mean m and variance v of counts over B days each, shape = m^2 / (v - m) and rate =
    B shape / m; clients observed for less weigh less. None where nobody was observed, or came.
    """
    count, exposure = np.asarray(counts, float), np.asarray(days, float)
    if not count.sum():
        return None
    daily = count.sum() / exposure.sum()
    expected = daily * exposure
    beyond = ((count - expected) ** 2).sum() - expected.sum()
    if beyond <= 1e-9 * expected.sum():
        return Prior(None, daily)
    shape = (expected**2).sum() / beyond
    return Prior(float(shape), float(shape / daily))


def judge(count: int, own_count: int, own_days: int, prior: Prior | None, days: int) -> Judged:
    """The chance of `count` attendances or more in `days` days.

    nbinom.sf(count - 1, shape, rate / (rate + days)) with shape and rate of the prior plus the own
    attendances and days; Poisson where the prior has no shape.
    """
    # Loaded here: it takes half a second, and most commands never judge anything. The special
    # functions are those behind nbinom.sf and poisson.sf.
    from scipy.special import betainc, gammainc

    if prior is None:
        return Judged(count, own_count, own_days, 0.0, 0.0)
    if prior.shape is None:
        usual = prior.rate * days
        return Judged(count, own_count, own_days, usual, float(gammainc(count, usual)))
    shape, rate = prior.shape + own_count, prior.rate + own_days
    chance = float(betainc(count, shape, days / (rate + days)))
    return Judged(count, own_count, own_days, shape / rate * days, chance)


class Caseload:
    """Everybody's attendances by day, from the first to `last`, and every day's baselines.

    Counts are clients x days. Own days before support, or before the data, are no baseline.
    """

    def __init__(
        self, everyone: Sequence[Seen], rules: EarlyWarning, data_since: date | None, last: date
    ) -> None:
        self._rules = rules
        came = [[one.day.toordinal() for one in seen.of(ATTENDANCE)] for seen in everyone]
        self.first = min((min(days) for days in came if days), default=last.toordinal())
        self._days = np.arange(self.first, last.toordinal() + 1)
        self._before = np.zeros((len(everyone), len(self._days) + 1), np.int32)
        for row, days in enumerate(came):
            found = np.bincount(np.array(days, int) - self.first, minlength=len(self._days))
            self._before[row, 1:] = found[: len(self._days)].cumsum()
        since = [_observed_since(seen, data_since) for seen in everyone]
        self._since = np.array(since, np.int64).reshape(-1, 1)
        end = self._days - rules.days + 1
        self.counts = self._before[:, 1:] - self._before[:, self._place(end)]
        start = np.minimum(np.maximum(end - rules.baseline_days, self._since), end)
        self.own_days = end - start
        earlier = np.take_along_axis(self._before, self._place(start), axis=1)
        self.own = self._before[:, self._place(end)] - earlier
        self._priors: dict[int, Prior | None] = {}

    def unusual_days(self, row: int) -> list[tuple[date, Judged]]:
        """The days on which a client came unusually often for them, each with its verdict.

        None where they were not observed for at least as long before as is judged.
        """
        rules = self._rules
        look = (self.counts[row] >= rules.least) & (self.own_days[row] >= rules.days)
        judged = [
            (date.fromordinal(self.first + int(place)), self._judge(row, int(place)))
            for place in np.flatnonzero(look)
        ]
        return [(day, found) for day, found in judged if found.chance <= rules.amber]

    def _judge(self, row: int, place: int) -> Judged:
        count, own = int(self.counts[row, place]), int(self.own[row, place])
        days = int(self.own_days[row, place])
        return judge(count, own, days, self._prior(place), self._rules.days)

    def _prior(self, place: int) -> Prior | None:
        """What was usual in the caseload on one day."""
        if place not in self._priors:
            days = self.own_days[:, place]
            enough = days >= self._rules.days
            self._priors[place] = prior_of(self.own[enough, place], days[enough])
        return self._priors[place]

    def _place(self, days: NDArray[Any]) -> Ints:
        found: Ints = np.clip(days - self.first, 0, len(self._days))
        return found


def _observed_since(seen: Seen, data_since: date | None) -> int:
    starts = [day.toordinal() for day in (data_since, seen.client.supported_since) if day]
    return max(starts, default=0)


def unusual(
    everyone: Sequence[Seen], rules: EarlyWarning, data_since: date | None, last: date
) -> list[Signal]:
    """Every warning of the individual rule, from the first day of the data up to the last.

    Each day is judged at its end. A warning that gets worse within its quiet time, because they
    came again, stays the same warning and turns red.
    """
    caseload = Caseload(everyone, rules, data_since, last)
    return [
        signal
        for row, seen in enumerate(everyone)
        for signal in _of_client(seen, caseload.unusual_days(row), rules)
    ]


def _of_client(
    seen: Seen, days: Sequence[tuple[date, Judged]], rules: EarlyWarning
) -> list[Signal]:
    told: list[Signal] = []
    quiet_until = date.min
    came = seen.of(ATTENDANCE)
    for day, found in days:
        newest = max(one.day for one in came if one.day <= day)
        # The first of that day: later ones of the same day do not make it another warning.
        event = next(one for one in came if one.day == newest)
        signal = _signal(seen, event, day, found, rules)
        if day >= quiet_until:
            told.append(signal)
            quiet_until = day + timedelta(days=rules.quiet_days)
        elif (signal.level, told[-1].level) == ("red", "amber") and newest == day:
            told[-1] = replace(signal, day=told[-1].day, key=told[-1].key, latest=day)
    return told


def _signal(seen: Seen, event: Happened, day: date, found: Judged, rules: EarlyWarning) -> Signal:
    level = "red" if found.chance <= rules.red else "amber"
    why = (
        f"{found.came} A&E attendances in the {rules.days} days to {in_words(day)}. About "
        f"{found.usual:.1f} would be usual for them: {_times(found.own_count)} in the "
        f"{found.own_days} days before. {_odds(found.chance)}"
    )
    return Signal(seen.client.ref, "individual", level, day, why, f"individual:{event.key}")


def _times(count: int) -> str:
    return "1 attendance" if count == 1 else f"{count} attendances"


def _odds(chance: float) -> str:
    if chance < 0.001:
        return "By chance alone that happens less than once in 1,000 such times."
    return f"By chance alone that happens once in about {round(1 / chance)} such times."
