"""What other rules would have raised: kept and proposed rules come in; how many a week go out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from openhiu.monitor.signals import Kept, Rules, raise_signals, settle
from openhiu.monitor.signals import Signal as Found
from openhiu.web.design import words
from openhiu.web.monitoring.clock import By
from openhiu.web.monitoring.watched import Picture, picture, tomorrow

DAYS: Final = 91
_STEP: Final = 7  # every rule looks back over weeks: one look a week misses nothing but silence


@dataclass(frozen=True)
class Tried:
    """How many signals the last weeks would have had, in all and by rule."""

    weeks: int
    now: int
    then: int
    by_rule: dict[str, tuple[int, int]]

    @property
    def a_week(self) -> tuple[float, float]:
        """The same for a week, on average."""
        return self.now / self.weeks, self.then / self.weeks


def try_rules(by: By, now: Rules, then: Rules) -> Tried:
    """Both sets of rules over the last 13 weeks, on what is known today.

    Phases and rhythms are those of today: what they were then would need the record of each day.
    """
    seen = picture(by)
    today = words.today()
    first = today - timedelta(days=DAYS - 1)
    days = [today - timedelta(days=back) for back in range(DAYS - 1, -1, -_STEP)]

    def count(rules: Rules) -> Mapping[str, int]:
        found: Any = replay(seen, rules, days).values()
        return Counter(one.rule for one in found if one.day >= first)

    had, would = count(now), count(then)
    return Tried(
        DAYS // 7,
        sum(had.values()),
        sum(would.values()),
        {rule: (had.get(rule, 0), would.get(rule, 0)) for rule in sorted({*had, *would})},
    )


def replay(seen: Picture, rules: Rules, days: Iterable[date]) -> Mapping[Any, Found]:
    """What these rules would have raised on these days, each warning once, by client and key."""
    told: dict[Any, Found] = {}
    for day in days:
        found = raise_signals(seen.watched, rules, tomorrow(day), **seen.asked_with)
        kept = [Kept(one.ref, one.rule, one.day, one.key) for one in told.values()]
        told |= {(one.ref, one.key): one for one in settle(found, kept, rules).new}
    return told
