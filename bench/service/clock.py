"""The one clock of a simulated year: it goes forward, a little with everything that happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import time_machine

LONDON = ZoneInfo("Europe/London")


@dataclass
class Clock:
    """What time it is in the simulation; every clock of this process shows the same."""

    now: datetime
    _hand: Any

    @property
    def today(self) -> date:
        """The day in London."""
        return self.now.astimezone(LONDON).date()

    def pass_(self, **amount: float) -> None:
        """Let some time go by."""
        self.set(self.now + timedelta(**amount))

    def set(self, moment: datetime) -> None:
        """Go to a later moment; an earlier one is not gone back to."""
        self.now = max(moment, self.now + timedelta(seconds=1))
        self._hand.move_to(self.now)

    def morning(self, day: date, dice: Random) -> None:
        """Go to some moment around nine on a day."""
        self.set(at(day, 8, 30) + timedelta(minutes=dice.randint(0, 60)))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment on a clock in London."""
    return datetime.combine(day, time(hour, minute), LONDON)


@contextmanager
def running(begin: date) -> Iterator[Clock]:
    """A clock that begins at eight in the morning of a day."""
    start = at(begin, 8)
    with time_machine.travel(start, tick=False) as hand:
        yield Clock(start, hand)
