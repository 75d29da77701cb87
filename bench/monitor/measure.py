"""What a rule finds and how often it is wrong: caseloads with known truth come in; false alerts a
client-year and the share of returns found in 28 and 56 days go out.

The rule is the product's own (openhiu.monitor.baseline), with its quiet period; so are the fixed
thresholds' counts. A return counts as found when the rule holds on any day of the span.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from bench.monitor.simulator import Caseload, World, simulate
from openhiu.monitor import baseline
from openhiu.monitor.signals import Rules
from openhiu.monitor.watched import Seen, see

# Measured when the rule was designed: false alerts a client-year, found in 28 and in 56 days (%),
# and in 28 days where the rate rose 2.5-fold or more.
DESIGNED = {
    "amber": (1.01, 41, 61, 51),
    "red": (0.41, 28, 45, 39),
    "4 in 28 days": (1.41, 35, 53, 33),
    "3 in 28 days": (2.36, 49, 68, 48),
}
BIG = 2.5
_YEAR = 365.0
Days = dict[int, list[date]]
Rule = Callable[[list[Seen], Caseload], Days]


@dataclass
class Measured:
    """Sums over caseloads; `told` counts returns with a new signal in 28 days, the quiet kept."""

    clients: int = 0
    years: float = 0.0
    false: int = 0
    in_28: int = 0
    in_56: int = 0
    told: int = 0
    big: int = 0
    big_in_28: int = 0

    def figures(self) -> tuple[float, float, float, float]:
        """False alerts a client-year, and the three shares in per cent."""
        return (
            self.false / self.years, 100 * self.in_28 / self.clients,
            100 * self.in_56 / self.clients, 100 * self.big_in_28 / self.big,
        )  # fmt: skip


def measure(caseloads: int, seed: int, world: World | None = None) -> dict[str, Measured]:
    """Every rule on the same caseloads."""
    found = {name: Measured() for name in RULES}
    for number in range(caseloads):
        made = simulate(world or World(), seed + number)
        seen = [see(client, made.until) for client in made.watched]
        for name, rule in RULES.items():
            _add(found[name], made, rule(seen, made))
    return found


def as_plain(found: dict[str, Measured]) -> dict[str, dict[str, float]]:
    """For a file."""
    return {name: asdict(one) for name, one in found.items()}


def _add(total: Measured, made: Caseload, holds: Days) -> None:
    for row, returned in enumerate(made.returned):
        days = [day for day in holds.get(row, []) if day >= made.from_day]
        spoke = list(alerts(days))
        total.clients += 1
        total.years += (returned - made.from_day).days / _YEAR
        total.false += sum(day < returned for day in spoke)
        at_once = _within(days, returned, 28)
        total.in_28 += at_once
        total.in_56 += _within(days, returned, 56)
        total.told += _within(spoke, returned, 28)
        if made.rise[row] >= BIG:
            total.big += 1
            total.big_in_28 += at_once


def alerts(days: Iterable[date], quiet: int = 28) -> Iterable[date]:
    """The days on which a rule speaks: quiet for four weeks after it did."""
    until = date.min
    for day in days:
        if day >= until:
            yield day
            until = day + timedelta(days=quiet)


def _within(days: Iterable[date], returned: date, span: int) -> bool:
    return any(0 <= (day - returned).days < span for day in days)


def _individual(chance: float) -> Rule:
    def days(seen: list[Seen], made: Caseload) -> Days:
        rules = Rules(amber=chance, red=min(chance, 0.01))
        load = baseline.Caseload(seen, rules, made.first, made.until - timedelta(days=1))
        return {row: [day for day, _ in load.unusual_days(row)] for row in range(len(seen))}

    return days


def _fixed(least: int) -> Rule:
    def days(seen: list[Seen], made: Caseload) -> Days:
        load = baseline.Caseload(seen, Rules(), made.first, made.until - timedelta(days=1))
        return {
            row: [
                date.fromordinal(load.first + int(place))
                for place in (counts >= least).nonzero()[0]
            ]
            for row, counts in enumerate(load.counts)
        }

    return days


RULES: dict[str, Rule] = {
    "amber": _individual(0.05),
    "red": _individual(0.01),
    "4 in 28 days": _fixed(4),
    "3 in 28 days": _fixed(3),
}
